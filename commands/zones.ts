/**
 * npm run zones [-- --count 520 --seed 2026 --no-delv --kind ID]
 *
 * Generates zones, has BIND sign them, breaks them in every way the table of kinds knows, and
 * compares our validator with unbound and delv on each name. Prints a line per disagreement with
 * the clause that explains it, then a table by kind.
 */
import { parseArgs } from 'node:util';
import { kinds } from '../tests/testbed/breakage.ts';
import { clauseFor, compareGenerated } from '../tests/testbed/generated.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '560' },
    seed: { type: 'string', default: '20261123' },
    'no-delv': { type: 'boolean', default: false },
    kind: { type: 'string', multiple: true },
  },
});

const { zones, compared } = await compareGenerated({
  seed: Number(values.seed),
  count: Number(values.count),
  withDelv: !values['no-delv'],
  ...(values.kind === undefined ? {} : { onlyKinds: values.kind }),
});

const explained = new Map<string, number>();
let unexplained = 0;
let falseSecure = 0;
for (const each of compared) {
  const { kind, name, type, ours, unbound, delv } = each;
  if (ours.security === 'secure' && unbound.status !== 'secure') falseSecure++;
  for (const other of ['unbound', 'delv'] as const) {
    const clause = clauseFor(each, other);
    if (clause === 'agree') continue;
    if (clause === undefined) {
      unexplained++;
      const theirs = other === 'unbound' ? unbound : delv!;
      console.log(
        `${kind.id} ${name} ${type}: ours ${ours.security} (${ours.reason}), ${other} ${theirs.status} (${theirs.said})`,
      );
    } else explained.set(clause, (explained.get(clause) ?? 0) + 1);
  }
}

const width = Math.max(...kinds.map(({ id }) => id.length));
const heads = ['names', 'secure', 'insecure', 'bogus', 'indeterm.', 'unbound', 'delv'];
console.log(`${'kind'.padEnd(width)} ${heads.map((head) => head.padStart(10)).join('')}  clause`);
for (const kind of kinds) {
  const rows = compared.filter((each) => each.kind === kind);
  if (rows.length === 0) continue;
  const count = (test: (row: (typeof rows)[number]) => boolean) =>
    String(rows.filter(test).length).padStart(10);
  const figures = [
    count(() => true),
    ...(['secure', 'insecure', 'bogus', 'indeterminate'] as const).map((status) =>
      count(({ ours }) => ours.security === status),
    ),
    count((row) => clauseFor(row, 'unbound') === 'agree'),
    count((row) => row.delv !== undefined && clauseFor(row, 'delv') === 'agree'),
  ];
  console.log(`${kind.id.padEnd(width)} ${figures.join('')}  ${kind.clause}`);
}
for (const [clause, count] of explained) console.log(`${count} differ as allowed: ${clause}`);
console.log(
  `${zones} zones, ${new Set(compared.map(({ kind }) => kind)).size} kinds, ${compared.length} names: ${unexplained} unexplained, ${falseSecure} false secure`,
);
process.exitCode = unexplained > 0 || falseSecure > 0 ? 1 : 0;
