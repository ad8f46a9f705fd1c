/**
 * Work of a widget that takes time, by code that is loaded for it: whether it is busy, done or failed. An answer
 * that comes after a later press is dropped, and code that failed to load is loaded anew at the next press.
 */
export class Work<Code> {
  stage = $state<'idle' | 'running' | 'done' | 'cancelled' | 'broken'>('idle');
  readonly #load: () => Promise<Code>;
  #code: Promise<Code> | undefined;
  #press = 0;

  constructor(load: () => Promise<Code>) {
    this.#load = load;
  }

  /** Fetches the code, before it is needed or because it is; nothing else is sent anywhere. */
  prepare = (): Promise<Code> => (this.#code ??= this.#load());

  /** `show` puts the answer on the screen; where it says `false`, there is nothing to show. */
  async do<Answer>(
    task: (code: Code) => Answer | Promise<Answer>,
    show: (answer: Answer, code: Code) => boolean | void,
  ): Promise<void> {
    const press = ++this.#press;
    this.stage = 'running';
    try {
      const code = await this.prepare();
      if (press !== this.#press) return;
      const answer = await task(code);
      if (press !== this.#press) return;
      this.stage = show(answer, code) === false ? 'idle' : 'done';
    } catch (error) {
      if (press !== this.#press) return;
      this.#code = undefined;
      this.stage = 'broken';
      console.error(error);
    }
  }

  /** Drops the answer that is awaited. */
  cancel(): void {
    this.#press += 1;
    this.stage = 'cancelled';
  }
}
