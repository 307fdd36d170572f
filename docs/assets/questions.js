// What a reader chooses is answered at once, and kept (assets/kept.js).
(() => {
  const nameOf = (question) => `question ${question.dataset.example}`;
  const choice = (group, radio) => `${group.dataset.version} ${radio.value}`;

  function show(question, radio) {
    const status = question.querySelector("[role=status]");
    const verdict = question.querySelectorAll("dt")[radio.value];
    const [term, why] = [verdict, verdict.nextElementSibling].map((element) => [
      ...element.cloneNode(true).childNodes,
    ]);
    status.replaceChildren(...term, document.createElement("br"), ...why);
    status.dataset.right = verdict.querySelector(".question__right") !== null;
  }

  document$.subscribe(() => {
    for (const question of document.querySelectorAll(".question")) {
      const group = question.querySelector("fieldset");
      const radios = [...group.querySelectorAll("input")];
      // A question that has changed since is asked anew.
      const before = kept.read(nameOf(question));
      const chosen = radios.find((radio) => choice(group, radio) === before);
      // A browser may have kept the radio buttons itself, without what was said.
      for (const radio of radios) radio.checked = radio === chosen;
      if (chosen) show(question, chosen);
      group.addEventListener("change", ({ target }) => {
        show(question, target);
        kept.write(nameOf(question), choice(group, target));
      });
    }
  });
})();
