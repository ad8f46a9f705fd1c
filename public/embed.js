// STS versus DANE: fits the height of embedded figures. Listens to heights and to nothing else.
// Only frames that show an embed of the site this script came from: an advertisement on the same page could
// otherwise make its own frame as high as it likes.
const home = new URL(document.currentScript.src).origin;
const isEmbed = (frame) => {
  const at = URL.canParse(frame.src) ? new URL(frame.src) : undefined;
  return at?.origin === home && /^\/(v\/[^/]+\/)?(en\/)?embed\//.test(at.pathname);
};
const embeds = () => [...document.querySelectorAll('iframe')].filter(isEmbed);
addEventListener('message', ({ data, source }) => {
  if (data?.type !== 'sts-dane:height' || typeof data.height !== 'number') return;
  if (!(data.height > 0 && data.height < 20000)) return;
  for (const frame of embeds())
    if (frame.contentWindow === source) frame.height = Math.ceil(data.height);
});
// Frames that were there before this script have spoken already: they are asked once more.
for (const frame of embeds()) frame.contentWindow.postMessage({ type: 'sts-dane:ask' }, '*');
