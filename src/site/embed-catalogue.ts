/**
 * The catalogue for editors: what a reader chooses becomes an address, a preview and code to copy. The state of a
 * figure is chosen beside it or in its preview, which keeps it in its own address.
 */
import { iframeCode } from './iframe-code.ts';

type Choice = Readonly<Record<'lang' | 'theme' | 'release' | 'width', string>>;

const choiceOf = (form: HTMLFormElement) => Object.fromEntries(new FormData(form)) as Choice;

/** `/v/1.2.3/en/embed/matrix/?theme=dark`. */
function addressOf(id: string, choice: Choice, version: string, state: URLSearchParams): string {
  const pinned = choice.release === 'pinned' ? `/v/${version}` : '';
  const lang = choice.lang === 'en' ? '/en' : '';
  const query = new URLSearchParams(state);
  query.delete('theme');
  if (choice.theme !== 'auto') query.set('theme', choice.theme);
  return `${pinned}${lang}/embed/${id}/${query.size > 0 ? `?${query.toString()}` : ''}`;
}

function enliven(entry: HTMLElement, form: HTMLFormElement): void {
  const preview = entry.querySelector<HTMLDetailsElement>('.preview');
  const code = entry.querySelector('textarea');
  const copy = entry.querySelector<HTMLButtonElement>('button[data-copy]');
  const said = entry.querySelector('output');
  const { id, title, version, heights } = entry.dataset;
  const shown = entry.querySelector<HTMLIFrameElement>('.frame iframe');
  const size = entry.querySelector('.size');
  if (!code || !copy || !said || !id || !title || !version || !heights) return;
  const heightAt = JSON.parse(heights) as Record<string, number>;
  for (const control of entry.querySelectorAll(':disabled')) control.removeAttribute('disabled');
  const worst = Math.max(...Object.values(heightAt));
  /** Of a compact figure it is there; of another it comes when the preview is unfolded. */
  let frame: HTMLIFrameElement | undefined = shown ?? undefined;

  const fields = [...entry.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[data-state]')];
  /** The state that the reader chose: beside the preview where there are fields for it, else inside. */
  const stateOf = (): URLSearchParams =>
    fields.length > 0
      ? new URLSearchParams(
          fields.flatMap(({ dataset, value }) =>
            value.trim() === '' ? [] : [[dataset['state'] ?? '', value.trim()]],
          ),
        )
      : new URLSearchParams(frame?.contentWindow?.location.search ?? '');
  const write = (state: URLSearchParams) => {
    const choice = choiceOf(form);
    const address = addressOf(id, choice, version, state);
    const height = heightAt[choice.width] ?? worst;
    code.value = iframeCode({ address: new URL(address, location.origin).href, title, height });
    if (size)
      size.textContent = `${choice.width === 'any' ? '' : `${choice.width} × `}${height} pixels`;
    if (shown) {
      shown.width = heightAt[choice.width] === undefined ? '640' : choice.width;
      // A phone shows a frame no wider than itself.
      const widths = Object.keys(heightAt).filter((width) => Number(width) <= shown.offsetWidth);
      shown.height = String(heightAt[widths.at(-1) ?? ''] ?? worst);
    }
    return address;
  };
  preview?.addEventListener('toggle', () => {
    if (frame || !preview.open) return;
    frame = document.createElement('iframe');
    frame.title = title;
    frame.height = String(worst);
    frame.src = write(stateOf());
    preview.append(frame);
  });
  for (const changed of [form, ...fields])
    changed.addEventListener('change', () => {
      const address = write(stateOf());
      if (frame) frame.src = address;
      said.value = '';
    });
  // A state changes without loading anything, so it is looked at when the reader comes for the code.
  const refresh = () => {
    write(stateOf());
  };
  code.addEventListener('focus', refresh);
  copy.addEventListener('click', () => {
    refresh();
    void navigator.clipboard.writeText(code.value).then(
      () => (said.value = copy.dataset['done'] ?? ''),
      () => {
        code.select();
        said.value = copy.dataset['failed'] ?? '';
      },
    );
  });
  refresh();
  entry.dataset['ready'] = 'true';
}

const form = document.querySelector<HTMLFormElement>('#embed-choices');
for (const control of form?.querySelectorAll(':disabled') ?? [])
  control.removeAttribute('disabled');
for (const entry of document.querySelectorAll<HTMLElement>('[data-catalogue]'))
  if (form) enliven(entry, form);
