/* The table of images: loads all rows at once, then searches, sorts and shows them without asking the server again. */
Behaviour.specify("#apptainer-images", "apptainer-images", 0, function (root) {
  const PAGE = 100;
  const FIELDS = "id,name,type,version,description,aliases,state,size,modified,built";
  const search = document.getElementById("apptainer-images-search");
  const type = document.getElementById("apptainer-images-type");
  const state = document.getElementById("apptainer-images-state");
  const more = document.getElementById("apptainer-images-more");
  const none = root.querySelector(".apptainer-images__none");
  const status = root.querySelector("[role=status]");
  const table = root.querySelector("table");
  const body = root.querySelector("tbody");
  const row = document.getElementById("apptainer-images-row").content;
  const states = document.getElementById("apptainer-images-states").content;
  let images = [];
  let matching = [];
  let shown = 0;
  let order = null;

  function fill(text, values) {
    return text.replace(/\{(\d)\}/g, (whole, index) => values[index]);
  }

  function sizeText(bytes) {
    const units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let unit = 0;
    while (bytes >= 1024 && unit < units.length - 1) {
      bytes /= 1024;
      unit++;
    }
    return (bytes < 10 && unit > 0 ? bytes.toFixed(1) : Math.round(bytes)) + " " + units[unit];
  }

  function dateCell(cell, time) {
    if (time) {
      const date = new Date(time);
      cell.textContent = date.toLocaleDateString();
      cell.title = date.toLocaleString();
    }
  }

  function rowOf(image) {
    const tr = document.importNode(row, true).firstElementChild;
    const cells = tr.cells;
    const link = cells[0].firstElementChild;
    link.href = "image/" + encodeURIComponent(image.id) + "/";
    link.textContent = image.id;
    cells[0].lastElementChild.textContent = image.description;
    cells[1].textContent = image.type;
    cells[2].textContent = image.version;
    const known = states.querySelector('[data-state="' + image.state + '"]');
    cells[3].appendChild(document.importNode(known, true));
    if (image.size !== null) {
      cells[4].textContent = sizeText(image.size);
    }
    dateCell(cells[5], image.built);
    dateCell(cells[6], image.modified);
    return tr;
  }

  function show() {
    const rows = document.createDocumentFragment();
    matching.slice(shown, shown + PAGE).forEach((image) => rows.appendChild(rowOf(image)));
    body.appendChild(rows);
    shown = Math.min(shown + PAGE, matching.length);
    const left = matching.length - shown;
    more.classList.toggle("jenkins-hidden", left === 0);
    more.textContent = fill(root.dataset.more, [Math.min(PAGE, left)]);
  }

  function compare(a, b) {
    const x = a[order.key];
    const y = b[order.key];
    const difference =
      typeof x === "string" ? x.localeCompare(y, undefined, { numeric: true }) : (x || 0) - (y || 0);
    return (order.down ? -difference : difference) || a.place - b.place;
  }

  function remember(text) {
    const query = new URLSearchParams();
    [["q", text], ["type", type.value], ["state", state.value]]
      .filter((pair) => pair[1])
      .forEach((pair) => query.set(pair[0], pair[1]));
    const suffix = query.toString();
    history.replaceState(null, "", window.location.pathname + (suffix ? "?" + suffix : ""));
  }

  function update() {
    const text = search.value.trim();
    const words = text.toLowerCase().split(/\s+/);
    matching = images.filter(
      (image) =>
        (!type.value || image.type === type.value) &&
        (!state.value || image.state === state.value) &&
        words.every((word) => image.text.includes(word)),
    );
    if (order) {
      matching.sort(compare);
    }
    remember(text);
    status.textContent = fill(root.dataset.count, [matching.length, images.length]);
    none.hidden = matching.length > 0;
    table.hidden = matching.length === 0;
    body.textContent = "";
    shown = 0;
    show();
  }

  function sortBy(button) {
    const key = button.dataset.key;
    order = { key: key, down: order !== null && order.key === key && !order.down };
    root.querySelectorAll(".sortheader").forEach((other) => {
      const current = other === button;
      other.querySelector(".sortarrow").textContent = current ? (order.down ? " ↓" : " ↑") : "";
      if (current) {
        other.parentElement.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      } else {
        other.parentElement.removeAttribute("aria-sort");
      }
    });
    update();
  }

  function take(loaded) {
    images = loaded;
    images.forEach((image, place) => {
      image.place = place;
      image.text = [image.id, image.name, image.type, image.version, image.description, image.aliases.join("\n")]
        .join("\n")
        .toLowerCase();
    });
    update();
  }

  function start(loaded) {
    const query = new URLSearchParams(window.location.search);
    search.value = query.get("q") || "";
    type.value = query.get("type") || "";
    state.value = query.get("state") || "";
    search.addEventListener("input", update);
    type.addEventListener("change", update);
    state.addEventListener("change", update);
    more.addEventListener("click", show);
    root.querySelectorAll(".sortheader").forEach((button) => button.addEventListener("click", () => sortBy(button)));
    document.getElementById("apptainer-images-clear").addEventListener("click", () => {
      search.value = "";
      type.value = "";
      state.value = "";
      update();
      search.focus();
    });
    if (window.IntersectionObserver) {
      new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && show()).observe(more);
    }
    take(loaded);
  }

  function load(then) {
    fetch("api/json?tree=images[" + FIELDS + "]")
      .then((response) => (response.ok ? response.json() : Promise.reject(response.status)))
      .then((answer) => then(answer.images))
      .catch(() => {
        status.textContent = root.dataset.failed;
      });
  }

  root.addEventListener("apptainer-images-changed", () => load(take));
  load(start);
});
