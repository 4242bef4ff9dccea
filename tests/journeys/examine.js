/* What one page shows, as a person and a machine would find it. */
(options) => {
  const LATIN_WORD = /[A-Za-z][A-Za-z'’]{2,}/g;
  const THREE_LATIN_WORDS = /\b[A-Za-z][A-Za-z'’]*(?:[ ,;:.-]+[A-Za-z][A-Za-z'’]*){2,}/;
  const CHINESE = /[一-鿿]/;
  const CONTROLS = "a, button, summary, label, legend, th, h1, h2, h3, h4, dt, option";
  const found = [];
  const report = (fault, what) => found.push(`${fault}: ${what}`);
  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const named = (element) => {
    const label = element.className ? `.${String(element.className).split(" ")[0]}` : "";
    return `<${element.localName}${label}> ${words(element).slice(0, 40)}`;
  };

  const headings = [...document.querySelectorAll("h1")].filter(shown);
  if (headings.length !== 1) report("headings of the first level", headings.length);
  if (document.documentElement.lang !== options.language)
    report("language of the document", document.documentElement.lang);

  const attributes = ["aria-label", "placeholder", "title", "alt"];
  const isAside = (node) =>
    node.parentElement.closest(`code, pre, kbd, script, ${options.aside}`);

  /* The words that people see or hear, with the element that says them. */
  function* said() {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode;
      if (!isAside(node) && node.data.trim() && shown(node.parentElement))
        yield [node.parentElement, node.data.replace(/\s+/g, " ").trim()];
    }
    for (const name of attributes)
      for (const element of document.querySelectorAll(`[${name}]`))
        if (!element.closest(options.aside)) yield [element, element.getAttribute(name)];
  }

  if (options.language === "en") {
    for (const [element, text] of said())
      if (CHINESE.test(text) && element.closest(options.ours))
        report("Chinese on an English page", `${text} in ${named(element)}`);
  } else {
    const allowed = new RegExp(options.allowed, "g");
    for (const [element, text] of said()) {
      const rest = text.replace(allowed, "");
      const inControl = element.closest(CONTROLS);
      if (THREE_LATIN_WORDS.test(rest) || (inControl && rest.match(LATIN_WORD)))
        report("English on a Chinese page", `${text} in ${named(element)}`);
    }
    if ((document.title.replace(allowed, "").match(LATIN_WORD) || []).length)
      report("English in the title", document.title);
  }
  return found;
}
