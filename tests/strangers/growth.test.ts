/** Whoever writes to us chooses how long a text is: reading it takes time in proportion, and never throws. */
import { expect, test } from 'vitest';
import { nodeParsers } from './node-parsers.ts';
import { growthFaults, parsers, units } from './parsers.ts';

/** Others may use the machine meanwhile: what counts is the time that this process got. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

test('there is a list of readers and of what to repeat', () => {
  expect(parsers.length).toBeGreaterThan(20);
  expect(units.length).toBeGreaterThan(100);
});

test.each([...parsers, ...nodeParsers].map((parser) => [parser.name, parser] as const))(
  '%s is read in time that grows with the text at most',
  (_, parser) => {
    const found = [...growthFaults([parser], units, processorTime)];
    expect(found.length).toBe(parser.frames.length * units.length);
    expect(found.flatMap(({ fault }) => fault ?? [])).toEqual([]);
  },
);

test('a reader that is slow, and one that throws, are found', () => {
  const frames = [['', 'x']] as const;
  // A clock that this reader moves itself, by the square of what it reads: no second is spent on it.
  let milliseconds = 0;
  const read = (text: string) => void (milliseconds += (text.length / 1000) ** 2);
  const square = { name: 'square', good: '', frames, read };
  const slow = [...growthFaults([square], [' '], () => milliseconds)];
  expect(slow.some(({ fault }) => fault !== undefined)).toBe(true);
  const line = { ...square, read: (text: string) => void (milliseconds += text.length / 100) };
  const even = [...growthFaults([line], [' '], () => milliseconds)];
  expect(even.flatMap(({ fault }) => fault ?? [])).toEqual([]);
  const throwing = (text: string) => {
    if (text.startsWith('@')) throw new RangeError('too much recursion');
  };
  const thrown = [...growthFaults([{ name: 'throws', good: '', frames, read: throwing }], ['@'])];
  expect(thrown.filter(({ fault }) => fault?.includes('recursion'))).toHaveLength(1);
});
