// Small comforts on every page; without this file everything still works.

/** Errors are read first: the summary takes the focus when the page opens. */
function focusErrors() {
  document.querySelector(".error-summary")?.focus();
}

/** Menus close on Escape, and when something else is chosen. */
function closeMenus() {
  const open = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

/** A second press on the same form's button within its flight does nothing. */
function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
    }
  });
}

/** Buttons marked data-print print the page; they show only where this runs. */
function printButtons() {
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

/** The paper of an exam that this device keeps (exams/keeping.js) is for one person and
    while the exam runs: it goes on signing out, with anybody else, and with the result. */
function forgetRoom() {
  const name = "exam-room";
  const forget = async ({ scope }) => {
    localStorage.removeItem(`${name}:kept`);
    localStorage.removeItem(`${name}:time`);
    await caches.delete(name);
    await (await navigator.serviceWorker.getRegistration(scope))?.unregister();
  };
  try {
    const kept = JSON.parse(localStorage.getItem(`${name}:kept`));
    if (!kept) return;
    const { person } = document.body.dataset;
    const isAnothers = person !== undefined && person !== kept.person;
    if (isAnothers || location.pathname === `${kept.scope}result/`) return forget(kept);
    document.addEventListener("submit", (event) => {
      if (event.target.matches("[data-sign-out]")) forget(kept);
    });
  } catch {
    // A browser that stores nothing keeps nothing.
  }
}

focusErrors();
closeMenus();
sendOnce();
printButtons();
forgetRoom();
