/* Starts scans and shows how far they are and what they have found. */
Behaviour.specify("#apptainer-images-scan", "apptainer-images-scan", 0, function (button) {
  const MILLIS = 1000;
  const SHOWN = 200;
  const area = document.getElementById("apptainer-images-scans");
  const report = document.getElementById("apptainer-images-scan-report").content;

  function alertBox(kind) {
    const box = document.createElement("div");
    box.className = "jenkins-alert jenkins-alert-" + kind;
    return box;
  }

  function answerOf(response) {
    return response.json().then((answer) => (response.ok ? answer : Promise.reject(answer.message)));
  }

  function listing(title, count, lines) {
    const details = document.importNode(report, true).firstElementChild;
    details.querySelector("summary").textContent = title + " (" + count + ")";
    lines.slice(0, SHOWN).forEach((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      details.querySelector("ul").appendChild(item);
    });
    return details;
  }

  function show(scans) {
    area.textContent = "";
    scans.forEach((scan) => {
      const box = alertBox({ running: "info", done: "success", failed: "danger" }[scan.state]);
      const line = document.createElement("div");
      line.textContent = scan.cluster + ": " + scan.message;
      box.appendChild(line);
      if (scan.state === "done") {
        const reasons = scan.skipped.map((file) => file.path + ": " + file.reason);
        [
          [area.dataset.added, scan.addedCount, scan.added],
          [area.dataset.changed, scan.changedCount, scan.changed],
          [area.dataset.lost, scan.lostCount, scan.lost],
          [area.dataset.skipped, scan.skippedCount, reasons],
        ]
          .filter((kind) => kind[1] > 0)
          .forEach((kind) => box.appendChild(listing(kind[0], kind[1], kind[2])));
      }
      area.appendChild(box);
    });
  }

  function ended(scans) {
    button.disabled = false;
    const table = document.getElementById("apptainer-images");
    if (table) {
      table.dispatchEvent(new CustomEvent("apptainer-images-changed"));
    } else if (scans.some((scan) => scan.total > 0)) {
      window.location.reload();
    }
  }

  function follow(ids) {
    Promise.all(ids.map((id) => fetch("api/v1/scans/" + id).then(answerOf)))
      .then((scans) => {
        show(scans);
        if (scans.some((scan) => scan.state === "running")) {
          setTimeout(() => follow(ids), MILLIS);
        } else {
          ended(scans);
        }
      })
      .catch(failed);
  }

  function failed(reason) {
    const box = alertBox("danger");
    box.textContent = area.dataset.failed + ": " + reason;
    area.textContent = "";
    area.appendChild(box);
    button.disabled = false;
  }

  button.addEventListener("click", () => {
    button.disabled = true;
    area.textContent = area.dataset.starting;
    fetch("api/v1/scan", { method: "post", headers: crumb.wrap({}) })
      .then(answerOf)
      .then((answer) => follow(answer.scans.map((scan) => scan.id)))
      .catch(failed);
  });
});
