import { tick } from 'svelte';

/** After a press of a form's button: to its outcome where there is one, else to the first field at fault. */
export async function focusOutcome(id: string, isDone: boolean): Promise<void> {
  await tick();
  const place = isDone ? '.outcome' : '[aria-invalid="true"]';
  document.querySelector<HTMLElement>(`#${id} ${place}`)?.focus();
}
