// Runs before anything is drawn: a chosen theme must not flash the other one first.
(() => {
  const chosen = localStorage.getItem('stele.theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
})();
