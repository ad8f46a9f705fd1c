/** The cast: one icon, one colour, one word each, the same in every picture and text. */

/** In the order of the lanes: what comes between the sender and the others stands between them. */
export const cast = ['memory', 'sender', 'attacker', 'dns', 'policy-host', 'receiver'] as const;

export type CastMember = (typeof cast)[number];

/** Icons as stroked paths in a box of 24 by 24. */
export const castIcons: Readonly<Record<CastMember, string>> = {
  // a card index: what is remembered, with a label
  memory: 'M4 7h16v13H4zM6.5 4h11v3M8 11.5h8M9.5 15.5h5',
  // a server with an arrow leaving it
  sender: 'M3 5h11v6H3zM3 13h11v6H3zM6 8h.1M6 16h.1M16 12h6M19 9l3 3-3 3',
  // a mask with two eye holes
  attacker:
    'M3 8c4-3 14-3 18 0 0 6-2.5 10-5.2 10-2 0-2.2-2.2-3.8-2.2S10.2 18 8.2 18C5.5 18 3 14 3 8zM7 10.8c1.2-.8 2.4-.4 3 .9M17 10.8c-1.2-.8-2.4-.4-3 .9',
  // a signpost: names lead to places
  dns: 'M12 3v18M8 21h8M5 5h11l3 2.5-3 2.5H5zM19 12H8l-3 2.5 3 2.5h11z',
  // a page with a lock
  'policy-host':
    'M6 3h8l4 4v5M6 3v18h5M14 3v4h4M9 11h4M9 15h3M14 17h7v4h-7zM15.5 17v-1.5a2 2 0 0 1 4 0V17',
  // a server with an arrow entering it
  receiver: 'M10 5h11v6H10zM10 13h11v6H10zM13 8h.1M13 16h.1M2 12h6M5 9l3 3-3 3',
};
