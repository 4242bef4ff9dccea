// The elements that do not show that they have the focus. Somebody must have pressed
// Tab before, so that the browser knows of a keyboard.
() => {
  const REACHED =
    "a[href], button:enabled, summary, textarea:enabled, select:enabled, " +
    "input:enabled:not([type=hidden]), [tabindex='0']";
  const PARTS = ["outlineStyle", "outlineWidth", "boxShadow", "borderColor", "backgroundColor"];

  // A radio button may be drawn by its label, a control by what stands beside it.
  const look = (element) =>
    [element, element.closest("label"), ...element.parentElement.children]
      .filter(Boolean)
      .map((each) => PARTS.map((part) => getComputedStyle(each)[part]).join(" "))
      .join("|");

  const unseen = [];
  for (const element of document.querySelectorAll(REACHED)) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    document.activeElement.blur();
    const before = look(element);
    element.focus();
    if (document.activeElement === element && look(element) === before)
      unseen.push(`the focus cannot be seen: ${element.outerHTML.slice(0, 120)}`);
  }
  return unseen;
}
