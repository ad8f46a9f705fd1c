/**
 * `client:use`: a widget comes alive when its reader is on the page, by pointer, touch or key, and near it;
 * or at once where the address asks for a state. Until then it is what the site was built with: who only
 * reads moves no script, and a page with ten figures in frames none for the nine that nobody touches.
 *
 * What was pressed or chosen before the script was there is done again when it is. What the widget is given
 * stands in a file of its own (`island-props.ts`), which is fetched beside the script.
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

/** What a widget is given; nothing where it stands in the page, as it does while the site is being worked on. */
async function givenTo(island: HTMLElement): Promise<string | undefined> {
  const file = island.dataset.props;
  if (file === undefined) return undefined;
  const answer = await fetch(file);
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  return answer.text();
}

const use: ClientDirective = (load, _options, island) => {
  let started = false;
  let isReady = false;
  const undone: (() => void)[] = [];

  const tellFailure = (isFailed: boolean): void => {
    const told = island.closest('.fs-widget')?.querySelector<HTMLElement>('.not-loaded');
    if (told) told.hidden = !isFailed;
  };
  /** Whoever presses again tries again, and what was pressed before is still to be done. */
  const fail = (): void => {
    started = false;
    tellFailure(true);
  };
  const whenReady = (left: number): void => {
    if (!started) return;
    if (!island.querySelector('[data-ready="true"]')) {
      if (left > 0) requestAnimationFrame(() => whenReady(left - 1));
      else fail();
      return;
    }
    isReady = true;
    tellFailure(false);
    for (const again of undone) again();
  };
  const start = (): void => {
    if (started) return;
    started = true;
    void Promise.all([load(), givenTo(island)])
      .then(([hydrate, given]) => {
        // An island whose props change comes alive with them by itself.
        if (given === undefined) void hydrate();
        else island.setAttribute('props', given);
      })
      .then(() => whenReady(patienceFrames))
      .catch(fail);
  };
  // Astro tells so of a script that did not come, and goes on as if it had. A widget inside tells for itself.
  island.addEventListener('astro:hydration-error', ({ target }) => {
    if (target === island) fail();
  });

  // Controls are dead until the script is there. Here they wait for whoever uses them; in a task of its own,
  // since the one that ends the reading of the page is long enough.
  setTimeout(() => {
    if (started) return;
    for (const control of island.querySelectorAll(':disabled')) control.removeAttribute('disabled');
  });
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
    start();
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
