import { describe, expect, it } from 'vitest';
import { readFragment, toolFragment } from '../../../src/widgets/tools/fragment.ts';

describe('the address of a tool', () => {
  it('comes back unchanged, with what to begin with', () => {
    const fragment = toolFragment('publish', {
      domain: 'example.nl',
      mx: ['mx1.example.nl', 'mx2.example.nl'],
      host: '',
    });
    expect(fragment).toBe('#publish?domain=example.nl&mx=mx1.example.nl&mx=mx2.example.nl');
    const read = readFragment(fragment);
    expect(read?.tool).toBe('publish');
    expect(read?.values.getAll('mx')).toEqual(['mx1.example.nl', 'mx2.example.nl']);
  });

  it('is that of the heading alone where there is nothing to begin with', () => {
    expect(toolFragment('report')).toBe('#report');
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
