/** One delivery as moments of a picture. What a trace is on the stage is `scene.ts`; how a state looks, `draw.ts`. */
import type { Form } from './art.ts';
import type { MessageKey } from '../messages/message-key.ts';
import type { Act, Ending } from './signs.ts';

export type Line = 'dns' | 'web' | 'mail';

/** A message by its key. */
export interface Said {
  readonly key: MessageKey;
  readonly args?: Readonly<Record<string, string | number>>;
}

/** What stands in the drawing: as it went over the line, the same in each language; or a message. */
export type Text = string | Said;

/** A question of this moment, and what came of it. */
export interface Question {
  readonly line: Line;
  /** Of a chip: a message has a second form, `.narrow`; `|` ends a line. */
  readonly ask: Text;
  /** What was sent back. */
  readonly answer: Text;
  /** What arrived in its place. */
  readonly forged?: Text;
  /** Nothing arrived. */
  readonly isBlocked?: true;
  /** Its signature was checked. */
  readonly isSigned?: true;
  /** Nobody can tell that it is true; or it is not, and nothing replaced another. */
  readonly kind?: 'weak' | 'forged';
}

export interface State {
  /** Is the policy host on the stage? */
  readonly web: boolean;
  /** The receiving server by the name it has here. */
  readonly host: string;
  /** Gone: was there in the past, and does nothing now. */
  readonly attacker: 'absent' | 'present' | 'gone';
  /** What the attacker does, in this moment only. */
  readonly act?: { readonly id: Act; readonly line: Line } | undefined;
  /** Where the letter is: with the sender, with the attacker, at the receiving server. */
  readonly letter: 'home' | 'cloak' | 'goal';
  readonly form: Form;
  /** How it came there: read on its way, or turned round. In this moment only. */
  readonly via?: 'read' | 'back' | undefined;
  /** Whom the sender takes for the receiving server. */
  readonly to?: { readonly name: string; readonly isAttacker: boolean } | undefined;
  readonly pipe: 'plain' | 'tls';
  /** Letters that already lie in the queue, and those that went back to their author. */
  readonly pile: number;
  readonly returned: number;
  /** What the sender knows of how this letter has to go. */
  readonly rules?: { readonly text: Text; readonly isBad: boolean } | undefined;
  readonly memory?:
    { readonly text: Text; readonly until?: Text; readonly isForged: boolean } | undefined;
  /** This protection remembers nothing. */
  readonly neverRemembers: boolean;
  readonly thought: Text;
  /** It claims more than is true. */
  readonly isMistaken: boolean;
  /** In this moment only. */
  readonly question?: Question | undefined;
  /** At the end only. */
  readonly verdict?: Ending | undefined;
}

/** What changes in one moment, and what is said of it. */
export interface Step {
  /** A few words for one line. */
  readonly title: Said;
  /** One to three sentences. */
  readonly tells: readonly Said[];
  /** Numbers of the steps of the trace that it shows, from 1. */
  readonly rows: readonly number[];
  readonly change: Partial<State>;
}

export interface Scene {
  readonly ending: Ending;
  readonly begin: State;
  readonly steps: readonly Step[];
  /** More moments than a picture can tell: the list of steps does it better. */
  readonly isTooLarge?: true;
}

/** The state at a step, from 0: what lasts one moment is gone in the next, all else stays. */
export const stateAt = ({ begin, steps }: Scene, index: number): State =>
  steps.slice(0, index + 1).reduce<State>(
    (state, { change }) => ({
      ...state,
      act: undefined,
      question: undefined,
      via: undefined,
      ...change,
    }),
    begin,
  );
