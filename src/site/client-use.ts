/**
 * `client:use`: a widget comes alive when its reader is on the page, by pointer, touch or key, and near it;
 * or at once where the address asks for a state. Until then it is what the site was built with: who only
 * reads moves no script, and a page with ten figures in frames none for the nine that nobody touches.
 *
 * What was pressed or chosen before the script was there is done again when it is.
 */
import type { ClientDirective } from 'astro';

/** Frames of waiting for a widget to say that it is ready: ten seconds, about. */
const patienceFrames = 600;

const asksForState = (): boolean =>
  location.hash.length > 1 ||
  [...new URLSearchParams(location.search).keys()].some((name) => name !== 'theme');

/**
 * Whoever has moved once is here: also for a widget that comes to life inside another, later. A pointer at the
 * very corner is nobody's: a browser without a screen, or a page that opens under a mouse that rests there,
 * tells of it when the page is laid out.
 */
const somebodyIsHere = new Promise<void>((resolve) => {
  const heard = new AbortController();
  const { signal } = heard;
  for (const sign of ['pointermove', 'touchstart', 'focusin', 'keydown'])
    document.addEventListener(
      sign,
      (event) => {
        if (event instanceof MouseEvent && event.clientX === 0 && event.clientY === 0) return;
        heard.abort();
        resolve();
      },
      { passive: true, signal },
    );
});

const use: ClientDirective = (load, _options, island) => {
  let started = false;
  let isReady = false;
  const undone: (() => void)[] = [];

  const whenReady = (left: number): void => {
    if (left > 0 && !island.querySelector('[data-ready="true"]')) {
      requestAnimationFrame(() => whenReady(left - 1));
      return;
    }
    isReady = true;
    for (const again of undone) again();
  };
  const start = (): void => {
    if (started) return;
    started = true;
    void load()
      .then((hydrate) => hydrate())
      .then(() => whenReady(patienceFrames));
  };

  // Controls are dead until the script is there. Here they wait for whoever uses them.
  for (const control of island.querySelectorAll(':disabled')) control.removeAttribute('disabled');
  const press = (event: Event): void => {
    const control =
      event.target instanceof Element && event.target.closest('button, input, [data-step]');
    if (isReady || !(control instanceof HTMLElement)) return;
    const isText =
      control instanceof HTMLInputElement && !/^(checkbox|radio|submit)$/.test(control.type);
    if (isText) return;
    event.preventDefault();
    start();
    undone.push(() => control.click());
  };
  const choose = ({ target }: Event): void => {
    if (isReady || !(target instanceof HTMLSelectElement || target instanceof HTMLInputElement))
      return;
    const { value } = target;
    undone.push(() => {
      target.value = value;
      target.dispatchEvent(new Event('input', { bubbles: true }));
      target.dispatchEvent(new Event('change', { bubbles: true }));
    });
  };
  island.addEventListener('click', press, true);
  island.addEventListener('change', choose, true);
  // The island itself has no box; what stands in it has.
  const near = new IntersectionObserver(
    (seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      near.disconnect();
      start();
    },
    { rootMargin: '50%' },
  );
  void somebodyIsHere.then(() => {
    for (const child of island.children) near.observe(child);
  });
  if (asksForState()) start();
};

export default use;
