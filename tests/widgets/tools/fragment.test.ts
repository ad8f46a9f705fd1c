import { describe, expect, it } from 'vitest';
import { readFragment } from '../../../src/widgets/tools/fragment.ts';

describe('the address of a tool', () => {
  it('says the tool, and what to begin with', () => {
    const read = readFragment('#publish?domain=example.nl&mx=mx1.example.nl&mx=mx2.example.nl');
    expect(read?.tool).toBe('publish');
    expect(read?.values.getAll('mx')).toEqual(['mx1.example.nl', 'mx2.example.nl']);
    expect(readFragment('#report')?.values.size).toBe(0);
  });

  it('is no address where the tool is unknown, whatever follows', () => {
    for (const fragment of [
      '',
      '#',
      '#sending',
      '#publishing?domain=a.nl',
      '#?publish',
      '#%E0%A4%A',
    ])
      expect(readFragment(fragment)).toBeUndefined();
    expect(readFragment('#tlsa?tlsa=%E0%A4%A&host=%%')?.tool).toBe('tlsa');
  });
});
