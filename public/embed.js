// STS versus DANE: fits the height of embedded figures. Listens to heights and to nothing else.
addEventListener('message', ({ data, source }) => {
  if (data?.type !== 'sts-dane:height' || !(data.height > 0 && data.height < 20000)) return;
  // Only the frame that speaks is changed, and only if this page has it.
  for (const frame of document.querySelectorAll('iframe'))
    if (frame.contentWindow === source) frame.height = Math.ceil(data.height);
});
// Frames that were there before this script have spoken already: they are asked once more.
for (const frame of document.querySelectorAll('iframe[src*="/embed/"]'))
  frame.contentWindow.postMessage({ type: 'sts-dane:ask' }, '*');
