/* Keeps what a page shows of jobs up to date as long as one of them has not ended. */
Behaviour.specify(".slurm-jobs", "slurm-jobs", 0, function (root) {
  const SECONDS = 5;

  function isActive(element) {
    return element.dataset.active === "true";
  }

  function later() {
    setTimeout(refresh, SECONDS * 1000);
  }

  function refresh() {
    if (document.hidden) {
      later();
      return;
    }
    fetch(root.dataset.url)
      .then((response) => (response.ok ? response.text() : Promise.reject(response.status)))
      .then((html) => {
        const page = new DOMParser().parseFromString(html, "text/html");
        const fresh = page.querySelector("[data-active]");
        root.replaceChildren(document.importNode(fresh, true));
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
