/* A combobox as https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ describes it: a list below a text field that stays free. */
(function () {
  const SHOWN = 100;
  const SELECTED = "jenkins-dropdown__item--selected";
  let loading = null;
  let count = 0;

  function load() {
    if (!loading) {
      const url = document.head.dataset.rooturl + "/apptainer-images/api/json";
      loading = fetch(url + "?tree=images[id,type,version,description,aliases,state]")
        .then((response) => (response.ok ? response.json() : { images: [] }))
        .then((answer) => answer.images.filter((image) => image.state === "current" || image.state === "deprecated"))
        .catch(() => []);
    }
    return loading;
  }

  function matches(image, words) {
    const text = [image.id, image.type, image.description, image.aliases.join(" ")].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  }

  function element(tag, className, text) {
    const created = document.createElement(tag);
    created.className = className;
    created.textContent = text;
    return created;
  }

  function attach(input) {
    const name = "apptainer-image-box-" + count++;
    const anchor = element("div", "apptainer-image-box__anchor", "");
    const list = element("div", "apptainer-image-box__list jenkins-dropdown jenkins-dropdown--compact", "");
    let options = [];
    let selected = -1;

    list.id = name;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    anchor.appendChild(list);
    input.parentNode.insertBefore(anchor, input.nextSibling);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", name);
    input.setAttribute("aria-expanded", "false");

    function close() {
      list.hidden = true;
      list.style.display = "none";
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
      selected = -1;
    }

    function choose(option) {
      input.value = option.dataset.id;
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function select(index) {
      if (options.length === 0) {
        return;
      }
      selected = (index + options.length) % options.length;
      options.forEach((option, i) => {
        option.classList.toggle(SELECTED, i === selected);
        option.setAttribute("aria-selected", String(i === selected));
      });
      input.setAttribute("aria-activedescendant", options[selected].id);
      options[selected].scrollIntoView({ block: "nearest" });
    }

    function optionOf(image) {
      const option = element("div", "jenkins-dropdown__item", "");
      option.id = name + "-" + options.length;
      option.dataset.id = image.id;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const facts = [image.version, image.state === "deprecated" ? input.dataset.deprecated : "", image.description];
      option.appendChild(element("span", "", image.id));
      option.appendChild(element("small", "", facts.filter((fact) => fact).join(" · ")));
      option.addEventListener("mousedown", (event) => {
        event.preventDefault();
        choose(option);
      });
      options.push(option);
      return option;
    }

    function show(images, everything) {
      const words = everything ? [] : input.value.trim().toLowerCase().split(/\s+/);
      const found = images.filter((image) => matches(image, words));
      let group = null;
      let type = null;
      list.textContent = "";
      options = [];
      selected = -1;
      found.slice(0, SHOWN).forEach((image) => {
        if (image.type !== type) {
          type = image.type;
          const heading = element("p", "jenkins-dropdown__heading", type);
          heading.id = name + "-type-" + options.length;
          group = element("div", "jenkins-dropdown jenkins-dropdown--compact", "");
          group.setAttribute("role", "group");
          group.setAttribute("aria-labelledby", heading.id);
          group.appendChild(heading);
          list.appendChild(group);
        }
        group.appendChild(optionOf(image));
      });
      const left = found.length - SHOWN;
      if (found.length === 0 || left > 0) {
        const text = found.length === 0 ? input.dataset.none : input.dataset.more.replace("{0}", left);
        list.appendChild(element("p", "jenkins-dropdown__placeholder", text));
      }
      input.removeAttribute("aria-activedescendant");
      list.hidden = false;
      list.style.display = "";
      input.setAttribute("aria-expanded", "true");
    }

    function open(everything) {
      return load().then((images) => {
        if (document.activeElement === input) {
          show(images, everything);
        }
      });
    }

    function onKey(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && list.hidden) {
        event.preventDefault();
        open(true);
      } else if (step) {
        event.preventDefault();
        select(selected < 0 && step < 0 ? -1 : selected + step);
      } else if (event.key === "Enter" && !list.hidden && selected >= 0) {
        event.preventDefault();
        choose(options[selected]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        event.stopPropagation();
        close();
      }
    }

    close();
    input.addEventListener("click", () => list.hidden && open(true));
    input.addEventListener("input", () => open(false));
    input.addEventListener("keydown", onKey);
    input.addEventListener("blur", close);
  }

  Behaviour.specify("input.apptainer-image-box", "apptainer-image-box", 0, attach);
})();
