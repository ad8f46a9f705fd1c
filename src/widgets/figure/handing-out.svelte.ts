/** Files that are made on the page and handed to the reader. */
import { onMount } from 'svelte';

export class HandingOut {
  result = $state<'idle' | 'saved' | 'failed'>('idle');
  /** A frame sandboxed without an origin may hand out no files: no button that does nothing. */
  isAllowed = $state(true);

  /** Of a component: made while it is. */
  constructor() {
    onMount(() => {
      this.isAllowed = self.origin !== 'null';
    });
  }

  async take(file: Promise<void>): Promise<void> {
    try {
      await file;
      this.result = 'saved';
    } catch (error) {
      this.result = 'failed';
      console.error(error);
    }
  }
}
