/**
 * `client:use`: hydrates a widget when its reader uses the page (pointer, touch, key) and the widget is near, or
 * at once where the address asks for a state. Who only reads downloads no script, and a page with ten embeds none
 * for the nine that nobody touches.
 *
 * What was pressed or chosen before the script arrived is replayed when the widget is ready. Props that the page
 * does not carry are fetched beside the script (src/widgets/deferred.ts).
 */
import type {} from '../widgets/deferred.ts';
import type { ClientDirective } from 'astro';
import { keepFocus } from './keep-focus.ts';

/** Frames of waiting for a widget to say that it is ready: ten seconds, about. */
const patienceFrames = 600;

const asksForState = (): boolean =>
  location.hash.length > 1 ||
  [...new URLSearchParams(location.search).keys()].some((name) => name !== 'theme');

/**
 * Resolves on the first real input event of the page; a widget that hydrates inside another, later, need not wait
 * again. Pointer events at (0,0) are synthetic (a headless browser, a resting mouse) and ignored.
 */
const firstInput = new Promise<void>((resolve) => {
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

/** Fetches the deferred props of an island (src/widgets/deferred.ts). Throws when they do not come. */
async function fetchDeferred(island: HTMLElement): Promise<void> {
  const file = island.closest<HTMLElement>('[data-deferred]')?.dataset['deferred'];
  if (file === undefined) return;
  const answer = await fetch(file);
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  const name = file.slice(file.lastIndexOf('/') + 1);
  (globalThis.deferredProps ??= {})[name] = await answer.json();
}

const isTyped = (control: EventTarget | null): control is HTMLInputElement =>
  control instanceof HTMLInputElement && !/^(checkbox|radio|submit)$/.test(control.type);

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
    void Promise.all([load(), fetchDeferred(island)])
      .then(([hydrate]) => hydrate())
      .then(() => whenReady(patienceFrames))
      .catch(fail);
  };
  // Astro tells so of a script that did not come, and goes on as if it had. A widget inside tells for itself.
  island.addEventListener('astro:hydration-error', ({ target }) => {
    if (target === island) fail();
  });

  // Controls are disabled without script. With it they are enabled before hydration, and what is pressed is replayed
  // afterwards. In a task of its own, so that the task that parses the end of the page does not grow longer.
  setTimeout(() => island.closest('fieldset')?.removeAttribute('disabled'));
  const press = (event: Event): void => {
    const control =
      event.target instanceof Element && event.target.closest('button, input, [data-step]');
    if (isReady || !(control instanceof HTMLElement)) return;
    if (isTyped(control)) return;
    event.preventDefault();
    start();
    undone.push(() => control.click());
  };
  /** A `<details>` opens without script; hydration would put it back as it was rendered at build time. */
  const unfold = ({ target }: Event): void => {
    const fold = target instanceof Element && target.closest('summary')?.parentElement;
    if (isReady || !(fold instanceof HTMLDetailsElement)) return;
    const open = !fold.open;
    undone.push(() => {
      fold.open = open;
    });
  };
  const choose = ({ target }: Event): void => {
    if (isReady || !(target instanceof HTMLSelectElement || target instanceof HTMLInputElement))
      return;
    const { value } = target;
    start();
    undone.push(() => {
      // Chosen files are still there, and cannot be set.
      if (target.type !== 'file') target.value = value;
      target.dispatchEvent(new Event('input', { bubbles: true }));
      target.dispatchEvent(new Event('change', { bubbles: true }));
    });
  };
  /** What was typed or pasted: a widget that comes to life begins with empty fields. */
  const typed = new Map<HTMLInputElement | HTMLTextAreaElement, string>();
  const write = ({ target }: Event): void => {
    if (isReady || !(target instanceof HTMLTextAreaElement || isTyped(target))) return;
    if (target.type === 'file') return;
    start();
    typed.set(target, target.value);
  };
  undone.push(() => {
    for (const [field, value] of typed) {
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  keepFocus(island);
  island.addEventListener('input', write, true);
  island.addEventListener('click', press, true);
  island.addEventListener('click', unfold, true);
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
  void firstInput.then(() => {
    for (const child of island.children) near.observe(child);
  });
  if (asksForState()) start();
};

export default use;
