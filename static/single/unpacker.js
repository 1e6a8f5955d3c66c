// Unpacks what is in the single file once the app is on screen, in a worker of its own: the page does not stop for it.
// Texts come in, their contents go out, in order.
import { decode } from "./base94.js";
import { unpack } from "./lzma.js";

self.onmessage = ({ data }) => {
  try {
    const { buffer } = unpack(decode(data));
    self.postMessage({ content: buffer }, [buffer]);
  } catch (error) {
    self.postMessage({ message: error.message });
  }
};
