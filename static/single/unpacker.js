// Unpacks what is in the single file, in a worker of its own: the page does not stop for it. One text comes in, its content goes out, in order.
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
