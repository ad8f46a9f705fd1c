/**
 * Writes a file atomically: to a temporary file in the same folder, which is then renamed. A reader, or an
 * interruption of this program, meets the old content or the new one, never a part.
 */
import { open, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join, basename } from 'node:path';

/** Rejects with the error of the system; the old file then stands as it was. */
export async function writeWhole(path: string, text: string): Promise<void> {
  // A link stays a link: what it points to is replaced.
  const target = await realpath(path).catch(() => path);
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
  try {
    const file = await open(beside, 'w', 0o644);
    try {
      await file.writeFile(text);
      // Without this a power failure can leave the new name with nothing in it.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
