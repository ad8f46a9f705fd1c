/** A place that takes files which are dropped on it, as `{@attach drop(take)}`; it is marked while they hang over it. */
import type { Attachment } from 'svelte/attachments';

export const drop =
  (take: (files: readonly File[]) => void): Attachment<HTMLElement> =>
  (place) => {
    place.addEventListener('dragover', (event) => {
      event.preventDefault();
      place.classList.add('over');
    });
    place.addEventListener('dragleave', () => place.classList.remove('over'));
    place.addEventListener('drop', (event) => {
      place.classList.remove('over');
      const files = [...(event.dataTransfer?.files ?? [])];
      // Text that is dropped into a field is inserted by the browser.
      if (files.length > 0 || !(event.target instanceof HTMLTextAreaElement))
        event.preventDefault();
      if (files.length > 0) take(files);
    });
  };
