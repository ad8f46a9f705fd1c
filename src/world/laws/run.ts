/** The whole table: every row explored, every law held against it. */
import { longestLifetime2016Seconds } from '../../core/sts-2016/lifetime.ts';
import { maxAgeMostSeconds } from '../../core/mta-sts/memory.ts';
import {
  appliesTo,
  attackedLaws,
  checkBeside,
  checkLaw,
  harmAfterOneDay,
  longestHarm,
  reversalsOf,
  type Finding,
  type Harm,
  type Reversal,
} from './check.ts';
import { exhaust, type Graph } from './graph.ts';
import { lawIds, type LawId } from './law.ts';
import { checkOwner, type Harmed, type OwnerFindings } from './owner.ts';
import { mistakes } from './plans.ts';
import { lettersOf, type Budget } from './powers.ts';
import { aloneOf, makeRow, type Row } from './rows.ts';

/** One row, with all that was found of it. */
export interface RowFindings {
  readonly graph: Graph;
  readonly findings: readonly Finding[];
  /** Of `heals`: how long the harm lasts that the weakest attackers can do, after they left. */
  readonly harms: readonly { readonly budget: Budget; readonly harm: Harm }[];
  /** Where more power would help the owner: none, or there is a fault in this. Undefined: not asked. */
  readonly reversals: readonly Reversal[] | undefined;
  /** Without attacker: our own plans; undefined where there are none for what this domain publishes. */
  readonly owner: OwnerFindings | undefined;
  /** The same with one fault in a plan, where that plan is this protection's. */
  readonly mistakes: readonly { readonly id: string; readonly harmed: Harmed | undefined }[];
}

/** Explores one row and holds these laws against it, those that apply. */
export function findingsOf(row: Row, laws: readonly LawId[] = lawIds): RowFindings {
  const graph = exhaust(row);
  const isMonotoneAsked = laws.includes('monotone');
  // More power is held against less under every law.
  const checked = attackedLaws
    .filter((law) => (isMonotoneAsked || laws.includes(law)) && appliesTo(law, row))
    .map((law) =>
      law === 'beside-each-other'
        ? checkBeside(graph, [exhaust(aloneOf(row, 'dane')), exhaust(aloneOf(row, 'mta-sts'))])
        : checkLaw(graph, law),
    );
  const findings = checked.filter(({ law }) => laws.includes(law));
  const unhealed = findings.find(({ law }) => law === 'heals')?.weakest ?? [];
  return {
    graph,
    findings,
    harms: unhealed.map(({ budget }) => ({ budget, harm: longestHarm(graph, budget) })),
    reversals: isMonotoneAsked ? checked.flatMap(reversalsOf) : undefined,
    ...ownerOf(row, laws),
  };
}

function ownerOf(row: Row, laws: readonly LawId[]): Pick<RowFindings, 'owner' | 'mistakes'> {
  const { protection, scope, profile } = row;
  const isPlanned = protection === 'dane' || protection === 'mta-sts' || protection === 'both';
  if (!laws.includes('no-self-harm') || !isPlanned || scope !== 'base' || profile !== 'strict')
    return { owner: undefined, mistakes: [] };
  const own = protection === 'dane' ? ['rollover'] : ['move', 'exit'];
  return {
    owner: checkOwner(row),
    // Together they have the plans of both, and so their mistakes.
    mistakes:
      protection === 'both'
        ? []
        : mistakes
            .filter(({ plan }) => own.includes(plan))
            .map((mistake) => ({ id: mistake.id, harmed: checkOwner(row, mistake).harmed })),
  };
}

/** For the second prover: each law, row and set of powers with its verdict, and the length of the shortest counterexample. */
export interface PlainCell {
  readonly law: LawId;
  /** The id of the row: `mta-sts`, `dane/two-hosts`. */
  readonly protection: string;
  /** Letters, in the order LDBCPKZ; empty for nothing. */
  readonly budget: string;
  readonly holds: boolean;
  readonly days?: number;
}

export function* plainCells({ law, row, cells }: Finding): Generator<PlainCell, void, void> {
  for (const { budget, broken } of cells) {
    const named = { law, protection: row.id, budget: lettersOf(budget) };
    yield broken === undefined
      ? { ...named, holds: true }
      : { ...named, holds: false, days: broken.days.length };
  }
}

/** The longest lifetime that each standard can write, and how long the harm of one day then lasts. */
export const ceilings = [
  { protection: 'sts-2016', lifetimeSeconds: longestLifetime2016Seconds },
  { protection: 'mta-sts', lifetimeSeconds: maxAgeMostSeconds },
] as const;

export const harmAtCeilings = () =>
  ceilings.map(({ protection, lifetimeSeconds }) => ({
    protection,
    lifetimeSeconds,
    days: harmAfterOneDay(
      makeRow({ protection, scope: 'base', profile: 'strict' }, { lifetimeSeconds }),
    ),
  }));
