/** The story of first contact: what it says and shows, held against the core. */
import { describe, expect, it } from 'vitest';
import { stateAt } from '../../src/view/stage/model.ts';
import { storyDays } from '../../src/view/first-contact/state.ts';
import { story, type StoryScene } from '../../src/view/first-contact/story.ts';
import { runTracks } from '../../src/view/first-contact/tracks.ts';
import { readWords } from '../../src/command-line/read-messages.ts';
import { sayWith } from '../../src/view/messages/say.ts';

const scenes = story();
const sceneOfId = (id: StoryScene['id']) => scenes.find((scene) => scene.id === id)!;
const endings = ({ tracks }: StoryScene, id: string, isRefreshed = false) =>
  tracks
    .find((track) => track.id === id && track.isRefreshed === isRefreshed)!
    .messages.map(({ ending }) => ending);

describe('the six scenes of first contact', () => {
  it('end as the story says', () => {
    expect(scenes.map(({ id, on, day, scene }) => [id, on, day, scene.ending])).toEqual([
      ['quiet', 'mta-sts', 0, 'delivered-proven'],
      ['known', 'mta-sts', 6, 'waits'],
      ['blocked', 'mta-sts', 0, 'delivered-readable'],
      ['planted', 'smtp-sts-2016', 10, 'stuck'],
      ['expiry', 'mta-sts', 8, 'delivered-readable'],
      ['dane', 'dane', 0, 'waits'],
    ]);
  });

  it('have the messages of the free play in their tracks, day by day', () => {
    for (const { tracks, state } of scenes)
      for (const { id, isRefreshed, messages } of tracks) {
        const free = runTracks({ ...state, refresh: isRefreshed }).find(
          (track) => track.id === id,
        )!;
        expect(messages.map(({ day }) => day)).toEqual([0, 2, 4, 6, 8, 10, 12, storyDays]);
        expect(messages).toEqual(free.messages.filter(({ day }) => day <= storyDays));
      }
  });

  it('run up to their day, and stop at the picture of its delivery', () => {
    for (const { beats, day, scene } of scenes) {
      const last = beats.at(-1)!;
      expect(last.day).toBe(day);
      expect(beats[0]!.day).toBe(0);
      expect(last.state).toEqual(stateAt(scene, scene.steps.length - 1));
    }
  });

  it('are said in both languages, with the numbers of the core', () => {
    const words = readWords();
    for (const lang of ['nl', 'en'] as const)
      for (const { title, tells } of scenes)
        for (const { key, args } of [title, tells]) {
          expect(words[lang][key]).toBeTruthy();
          expect(sayWith(words[lang], lang)(key, args)).not.toMatch(/[{}#]/);
        }
  });
});

it('the stage ends each letter as its track does', () => {
  for (const { on, tracks, beats } of scenes) {
    const { messages } = tracks.find((track) => track.id === on && !track.isRefreshed)!;
    expect(beats.map(({ state }) => state.verdict)).toEqual(
      messages.slice(0, beats.length).map(({ ending }) => ending),
    );
  }
});

it('an attacker who is there is seen to act, and one who is not does nothing', () => {
  for (const { beats, attack } of scenes)
    for (const { day, acts } of beats) {
      const isThere = attack !== undefined && day >= attack.from && day < attack.to;
      expect(acts.length > 0).toBe(isThere);
      for (const { question } of acts)
        expect(question?.forged !== undefined || question?.isBlocked === true).toBe(true);
    }
});

describe('what each scene says', () => {
  it('1: nobody attacks, and every letter arrives, proven', () => {
    const quiet = sceneOfId('quiet');
    expect(quiet.attack).toBeUndefined();
    for (const { messages } of quiet.tracks)
      expect(new Set(messages.map(({ ending }) => ending))).toEqual(new Set(['delivered-proven']));
  });
  it('2: the letters wait while the attacker is there, and arrive after that', () => {
    const known = sceneOfId('known');
    const { from, to } = known.attack!;
    for (const { messages } of known.tracks)
      for (const { day, ending } of messages)
        expect(ending).toBe(day >= from && day < to ? 'waits' : 'delivered-proven');
  });
  it('3: at first contact the rules are blocked and the letter is read; under DANE it waits', () => {
    const blocked = sceneOfId('blocked');
    expect(endings(blocked, 'mta-sts')[0]).toBe('delivered-readable');
    expect(endings(blocked, 'smtp-sts-2016')[0]).toBe('delivered-readable');
    expect(endings(blocked, 'dane')[0]).toBe('waits');
    expect(blocked.beats[0]!.state.question).toBeUndefined();
  });
  it('4: the first letter is taken; then the attacker is gone, and his policy holds back real mail', () => {
    const planted = sceneOfId('planted');
    const held = endings(planted, 'smtp-sts-2016');
    expect(held[0]).toBe('delivered-to-attacker');
    expect(held.filter((ending) => ending === 'stuck')).toHaveLength(
      planted.tells.args!['held'] as number,
    );
    const { messages, memory } = planted.tracks[0]!;
    const stuck = messages.filter(({ ending }) => ending === 'stuck');
    expect(stuck.at(-1)!.day).toBe(planted.tells.args!['last']);
    expect(stuck.every(({ day }) => day >= planted.attack!.to)).toBe(true);
    expect(memory[0]).toMatchObject({ forged: true });
    expect(stuck.at(-1)!.day).toBeLessThanOrEqual(memory[0]!.to);
    const { state } = planted.beats.at(-1)!;
    expect(state).toMatchObject({ attacker: 'gone', letter: 'home', verdict: 'stuck' });
    expect(state.memory?.isForged).toBe(true);
    // All letters since the attacker left lie there: as many as the core holds when it tries them again.
    expect(state.pile).toBe(stuck.filter(({ day }) => day < planted.day).length);
    for (const id of ['mta-sts', 'dane']) expect(endings(planted, id)).not.toContain('stuck');
  });
  it('5: where the rules have expired the letter is read; who refreshed them lets it wait', () => {
    const expiry = sceneOfId('expiry');
    expect(expiry.refreshed?.ending).toBe('waits');
    expect(endings(expiry, 'mta-sts')).toContain('delivered-readable');
    expect(endings(expiry, 'mta-sts', true)).not.toContain('delivered-readable');
    expect(expiry.day).toBeGreaterThan(expiry.state.lifetime);
  });
  it('6: the attack of scene 4 under DANE: the letter waits, all later ones arrive', () => {
    const dane = sceneOfId('dane');
    expect(dane.attack).toEqual(sceneOfId('planted').attack);
    const [first, ...later] = endings(dane, 'dane');
    expect(first).toBe('waits');
    expect(new Set(later)).toEqual(new Set(['delivered-proven']));
    expect(stateAt(dane.scene, dane.scene.steps.length - 1).memory).toBeUndefined();
  });
});
