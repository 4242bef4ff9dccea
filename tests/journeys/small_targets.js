// The links, buttons and fields of a page that are lower than a thumb is wide. Links
// within a sentence are exempt, as in WCAG 2.5.8; so is what is hidden from the eye.
(least) => {
  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !element.closest(".visually-hidden, .skip, thead");
  const within = (element) =>
    [...element.parentElement.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.data.trim()
    );
  // A label or a card that is a target as a whole.
  const target = (element) =>
    element.closest("label") ?? (element.matches(".stat a") ? element.closest(".stat") : element);
  const small = [];
  for (const element of document.querySelectorAll("a[href], button, summary, input, select, textarea")) {
    const { width, height } = target(element).getBoundingClientRect();
    if (!shown(element) || width <= 1 || height >= least) continue;
    if (element.localName === "a" && within(element)) continue;
    small.push(`${Math.round(height)} px: ${element.localName} ${element.textContent.trim()}`);
  }
  return [...new Set(small)];
}
