import type { Act, Form } from './art.ts';
import type { Ending } from './signs.ts';
export type Line = 'dns' | 'web' | 'mail';
export interface Words {
  readonly wide: readonly string[];
  readonly narrow?: readonly string[];
}
export interface State {
  readonly web: boolean;
  readonly host: string;
  readonly attacker: 'absent' | 'present' | 'gone';
  readonly goneWords?: readonly string[];
  readonly act?: { readonly id: Act; readonly line: Line } | undefined;
  readonly letter: 'home' | 'cloak' | 'goal';
  readonly form: Form;
  readonly via?: 'read' | 'back' | undefined;
  readonly to?: { readonly name: string; readonly isAttacker: boolean } | undefined;
  readonly pipe: 'plain' | 'tls';
  readonly pile: number;
  readonly returned: number;
  readonly rules?: { readonly text: string; readonly isBad: boolean } | undefined;
  readonly memory?:
    { readonly text: string; readonly until?: string; readonly isForged: boolean } | undefined;
  readonly neverRemembers: boolean;
  readonly thought: string;
  readonly isMistaken: boolean;
  readonly question?:
    | {
        readonly line: Line;
        readonly ask: Words;
        readonly answer: Words;
        readonly forged?: Words;
        readonly isBlocked?: boolean;
        readonly isSigned?: boolean;
        readonly kind?: 'weak' | 'forged';
      }
    | undefined;
  readonly verdict?: Ending | undefined;
}
export interface Step {
  readonly title: string;
  readonly say: string;
  readonly rows: readonly number[];
  readonly state: Partial<State>;
}
export interface Scene {
  readonly ending: Ending;
  readonly steps: readonly Step[];
  readonly begin: State;
}
export const stateAt = (scene: Scene, index: number): State =>
  scene.steps
    .slice(0, index + 1)
    .reduce<State>(
      (state, step) => ({
        ...state,
        act: undefined,
        question: undefined,
        via: undefined,
        ...step.state,
      }),
      scene.begin,
    );
const w = (wide: string[], narrow?: string[]): Words => (narrow ? { wide, narrow } : { wide });
/** DEV ONLY */
export const devScene: Scene = {
  ending: 'delivered-to-attacker',
  begin: {
    web: false,
    host: 'mx1',
    attacker: 'absent',
    letter: 'home',
    form: 'closed',
    pipe: 'plain',
    pile: 0,
    returned: 0,
    neverRemembers: false,
    thought: 'nog niets',
    isMistaken: false,
  },
  steps: [
    {
      title: 'De brief ligt klaar',
      say: 'Er ligt een brief klaar. Deze verzender schreef nog nooit naar gemeente.example.',
      rows: [1],
      state: {},
    },
    {
      title: 'Zijn er regels?',
      say: 'Hij vraagt het DNS welke regels gelden. De aanvaller antwoordt in plaats van het DNS.',
      rows: [2],
      state: {
        attacker: 'present',
        act: { id: 'lies', line: 'dns' },
        question: {
          line: 'dns',
          ask: w(
            ['Welke regels gelden', 'voor gemeente.example?'],
            ['Welke regels', 'gelden hier?'],
          ),
          answer: w(['alleen mx1']),
          forged: w(['alleen mx.attacker'], ['alleen', 'mx.attacker']),
        },
      },
    },
    {
      title: 'Mag hij die geloven?',
      say: 'Het eerste beleid wordt vertrouwd zonder controle. Zo stond het in het voorstel.',
      rows: [3],
      state: { rules: { text: 'mx.attacker', isBad: true } },
    },
    {
      title: 'Wie ontvangt de post?',
      say: 'Hij vraagt wie de post ontvangt. Ook dat antwoord is vals.',
      rows: [4],
      state: {
        to: { name: 'mx.attacker', isAttacker: true },
        act: { id: 'lies', line: 'dns' },
        question: {
          line: 'dns',
          ask: w(['Wie ontvangt post voor', 'gemeente.example?'], ['Wie ontvangt', 'de post?']),
          answer: w(['mx1']),
          forged: w(['mx.attacker']),
        },
      },
    },
    {
      title: 'Mag ik uw paspoort?',
      say: 'De server van de aanvaller versleutelt en toont een paspoort op zijn eigen naam. Dat past bij de valse regels.',
      rows: [5, 6],
      state: {
        pipe: 'tls',
        form: 'sealed',
        thought: 'bewezen',
        act: { id: 'poses', line: 'mail' },
        question: {
          line: 'mail',
          ask: w(['Mag ik uw', 'paspoort zien?'], ['Uw paspoort?']),
          answer: w(['mx.attacker']),
          kind: 'forged',
        },
      },
    },
    {
      title: 'De brief gaat, of wacht',
      say: 'De brief gaat naar de aanvaller. De verzender denkt dat alles klopt, en bewaart de valse regels.',
      rows: [7, 8, 9],
      state: {
        letter: 'cloak',
        to: undefined,
        memory: { text: 'mx.attacker', until: 'tot dag 11', isForged: true },
        isMistaken: true,
        verdict: 'delivered-to-attacker',
        thought: 'bewezen',
        act: { id: 'takes', line: 'mail' },
      },
    },
  ],
};
