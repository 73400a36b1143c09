// Without this script the page reloads itself; with it, new messages slide in and a code is copied with one click.
(() => {
  'use strict';
  const root = document.documentElement;
  root.classList.add('script');

  const localTimes = (within) => {
    for (const time of within.querySelectorAll('time')) {
      const at = new Date(time.dateTime);
      if (!Number.isNaN(at.getTime())) {
        time.textContent = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
      }
    }
  };

  let known = null;
  const refresh = async () => {
    try {
      const answer = await fetch('/', { cache: 'no-store' });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const thread = page.getElementById('thread');
      const fresh = thread.innerHTML;
      // The first answer only tells what is already shown: nothing to replace, nothing to announce.
      if (known !== null && fresh !== known) {
        localTimes(thread);
        const shown = document.getElementById('thread');
        shown.replaceChildren(...thread.childNodes);
        document.getElementById('count').textContent = page.getElementById('count').textContent;
        shown.classList.remove('arrived');
        void shown.offsetWidth;
        shown.classList.add('arrived');
        shown.scrollTop = 0;
      }
      known = fresh;
    } catch {
      // The sandbox is being restarted; the next round finds it.
    }
  };

  document.addEventListener('click', async (event) => {
    const button = event.target instanceof Element ? event.target.closest('.copy') : null;
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.code);
      button.textContent = 'Copied';
      setTimeout(() => { button.textContent = 'Copy code'; }, 1600);
    } catch {
      // No clipboard: the code is marked, so that the keyboard can copy it.
      window.getSelection().selectAllChildren(button.previousElementSibling);
    }
  });

  known = document.getElementById('thread').innerHTML;
  localTimes(document);
  setInterval(() => { if (!document.hidden) refresh(); }, 1500);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
})();
