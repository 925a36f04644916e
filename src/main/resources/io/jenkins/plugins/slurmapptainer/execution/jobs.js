/* Keeps what a page shows of jobs up to date as long as one of them has not ended. */
Behaviour.specify(".slurm-jobs", "slurm-jobs", 0, function (root) {
  const SECONDS = 5;

  function isActive(element) {
    return element.dataset.active === "true";
  }

  function later() {
    setTimeout(refresh, SECONDS * 1000);
  }

  function focusable() {
    return Array.from(root.querySelectorAll("a, summary"));
  }

  /* What somebody has unfolded stays so. */
  function keepOpen(before, after) {
    const folds = after.querySelectorAll("details");
    before.querySelectorAll("details").forEach((fold, i) => {
      if (folds[i]) {
        folds[i].open = fold.open;
      }
    });
  }

  function refresh() {
    if (document.hidden) {
      later();
      return;
    }
    fetch(root.dataset.url)
      .then((response) => (response.ok ? response.text() : Promise.reject(response.status)))
      .then((html) => {
        // Without a document type a table would become part of the paragraph before it.
        const page = new DOMParser().parseFromString("<!DOCTYPE html>" + html, "text/html");
        const fresh = document.importNode(page.querySelector("[data-active]"), true);
        const focused = focusable().indexOf(document.activeElement);
        keepOpen(root, fresh);
        root.replaceChildren(fresh);
        focusable()[focused]?.focus({ preventScroll: true });
        Behaviour.applySubtree(root);
        if (isActive(fresh)) {
          later();
        }
      })
      .catch(later);
  }

  if (isActive(root)) {
    later();
  }
});
