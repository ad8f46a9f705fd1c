/** Text that a reader copies; where a browser does not allow it, whoever shows this lets it be selected. */
export class Copying {
  result = $state<'idle' | 'copied' | 'failed'>('idle');
  /** What was last asked for. */
  text = $state('');

  async copy(text: string): Promise<void> {
    this.text = text;
    try {
      await navigator.clipboard.writeText(text);
      this.result = 'copied';
    } catch {
      this.result = 'failed';
    }
  }
}
