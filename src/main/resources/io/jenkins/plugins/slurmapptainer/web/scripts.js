// Brings the longer texts of an image, which a head node reads, into its page.
document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("apptainer-image-scripts");
  if (!place) {
    return;
  }
  const fail = () => {
    place.textContent = place.dataset.failed;
  };
  fetch(place.dataset.url)
    .then((response) => (response.ok ? response.text() : Promise.reject(new Error(response.status))))
    .then((text) => {
      const answer = new DOMParser().parseFromString(text, "text/html");
      place.replaceChildren(...answer.body.childNodes);
    })
    .catch(fail);
});
