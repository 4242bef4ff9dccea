/* Which elements do not show that they have the focus. Somebody must have pressed Tab
   before, so that the browser knows of a keyboard. */
() => {
  const REACHED =
    "a[href], button:not([disabled]), summary, textarea:not([disabled]), " +
    "input:not([disabled], [type=hidden]), select:not([disabled]), [tabindex='0']";
  const PARTS = ["outlineStyle", "outlineWidth", "boxShadow", "borderColor", "backgroundColor"];
  const around = (element) => [
    element,
    element.parentElement,
    element.closest("label"),
    ...element.parentElement.children,
  ].filter(Boolean);
  const looks = (element) =>
    around(element)
      .map((each) => {
        const style = getComputedStyle(each);
        return PARTS.map((part) => style[part]).join(" ");
      })
      .join("|");
  const unseen = [];
  for (const element of document.querySelectorAll(REACHED)) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    document.activeElement.blur();
    const before = looks(element);
    element.focus();
    if (document.activeElement === element && looks(element) === before)
      unseen.push(`no visible focus: ${element.outerHTML.slice(0, 120)}`);
  }
  return unseen;
}
