/** A tool: what stands in its fields makes an outcome, or each field at fault says what is wrong with it. */
import type { Line } from '../../view/messages/line.ts';
import type { Form } from '../field/form.ts';
import { Work } from '../work.svelte.ts';

export type Faults<Field extends string> = Partial<Record<Field, readonly Line[]>>;

/** A tool, as what shows it sees it. */
export interface Tool<Outcome = unknown> {
  readonly work: Work<unknown>;
  readonly faults: Form['faults'];
  readonly outcome: Outcome | undefined;
  make(nowSeconds: number): Promise<void>;
}

export abstract class ToolSession<Code, Field extends string, Outcome> {
  /** As of the last press. */
  faults = $state.raw<Faults<Field>>({});
  outcome = $state.raw<Outcome | undefined>(undefined);
  readonly work: Work<Code>;

  constructor(load: () => Promise<Code>) {
    this.work = new Work(load);
  }

  /** Reads the fields as they are at the press; what it returns makes the outcome once the code is there. */
  protected abstract read(
    faults: Faults<Field>,
    nowSeconds: number,
  ): (code: Code) => Outcome | undefined | Promise<Outcome | undefined>;

  async make(nowSeconds: number): Promise<void> {
    this.outcome = undefined;
    const faults: Faults<Field> = {};
    await this.work.do(this.read(faults, nowSeconds), (made) => {
      this.faults = faults;
      if (Object.keys(faults).length === 0) this.outcome = made;
      return this.outcome !== undefined;
    });
    if (this.work.stage === 'broken') this.faults = faults;
  }
}
