/* global atob, Blob, DecompressionStream, document, Response, self, WebAssembly, wasm_bindgen */
if (typeof document === "undefined") {
  // The worker of an audit: the page sends it the module that it runs itself.
  self.onmessage = async ({ data }) => {
    try {
      await wasm_bindgen({ module_or_path: data.module });
      wasm_bindgen.audit(data);
    } catch (error) {
      self.postMessage({ broken: String(error) });
    }
  };
} else {
  // Starts the WebAssembly that is in the page itself: nothing is fetched, so that it works from a disk too.
  (async () => {
    const bytes = (id) => {
      const element = document.getElementById(id);
      const text = atob(element.textContent);
      element.remove();
      return Uint8Array.from(text, (c) => c.charCodeAt(0));
    };
    try {
      const packed = new Blob([bytes("engine")]).stream().pipeThrough(new DecompressionStream("gzip"));
      const module = await WebAssembly.compile(await new Response(packed).arrayBuffer());
      await wasm_bindgen({ module_or_path: module });
      wasm_bindgen.start(bytes("addin"));
    } catch (error) {
      document.getElementById("unusable").hidden = false;
      document.getElementById("reason").textContent = String(error);
    }
  })();
}
