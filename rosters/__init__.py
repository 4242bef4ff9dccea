"""Who serves where: the posts that the Measures require of every division, the people
chosen for them, their assignments, and the gaps that are left. It owns the words
*post*, *seat*, *quota*, *selection*, *candidate*, *assignment* and *gap*, and may
import ``certificates`` and what lies below it."""
