// Follows a run or a self-test under way and shows the page anew when it has ended. Without it, the page says how to look again.
const section = document.getElementById('run-progress');
const bar = section?.querySelector('progress');
const doing = document.getElementById('run-doing');

// A run of a few boroughs takes a second: looked for often at first, then less so.
const often = 150, seldom = 700, first = 4000;
const since = performance.now();
const wait = () => performance.now() - since < first ? often : seldom;

async function look() {
  try {
    const answer = await fetch(section.dataset.source, { headers: { accept: 'application/json' } });
    if (answer.ok) {
      const run = await answer.json();
      if (run.ended) {
        location.replace(section.dataset.page);
        return;
      }
      if (run.total > 0) {
        bar.max = run.total;
      }
      bar.value = run.done;
      if (run.doing) {
        doing.textContent = run.doing;
      }
    }
  } catch {
    doing.textContent = 'The server does not answer; trying again.';
  }
  setTimeout(look, wait());
}

if (section && bar) {
  setTimeout(look, often);
}
