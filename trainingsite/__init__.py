"""The site itself: settings, addresses, base templates, each role's home page,
sign-in glue and health. It owns the words *room* (an entry of the navigation) and
*home*, and may import every other package; nothing imports it."""
