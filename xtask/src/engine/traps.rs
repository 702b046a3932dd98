//! Removes the bodies of functions that never return.
//!
//! Rust's panics format a message before they trap. In WebAssembly nobody reads it: the standard library has nowhere to
//! write to, and the shell sees the trap alone. So functions that cannot return trap at once, and the code that formats
//! messages is dropped: 2.2 kB of launch.js and 1.4 kB of engine.wasm (gzip). The import that throws a JavaScript
//! exception is dropped with it; the translation counts on that, since nothing could resolve the import there.

use anyhow::{Context, Result, bail};
use walrus::ir::{Br, BrIf, BrTable, Instr, InstrSeq, InstrSeqId, Unreachable, Visitor, dfs_in_order};
use walrus::{LocalFunction, Module};

/// The module in which every function that cannot return traps at once. A function that throws a JavaScript exception
/// counts as one: its caller sees an exception either way.
pub(crate) fn at_once(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(wasm).context("the bound engine cannot be read")?;
    let mut found = false;
    for (_, function) in module.funcs.iter_local_mut() {
        if never_returns(function) {
            found = true;
            let entry = function.entry_block();
            function.block_mut(entry).instrs = vec![(Unreachable {}.into(), Default::default())];
        }
    }
    if !found {
        bail!("no function of the engine ends in a trap; has the compiler changed how it ends a panic?");
    }
    Ok(module.emit_wasm())
}

/// Does it end in a trap, and does nothing leave it earlier? The compiler ends a function so after a call that does not
/// return.
fn never_returns(function: &LocalFunction) -> bool {
    let entry = function.entry_block();
    let last = function.block(entry).instrs.last();
    let traps = last.is_some_and(|(last, _)| matches!(last, Instr::Unreachable(_)));
    let mut exits = Exits { entry, found: false };
    dfs_in_order(&mut exits, function, entry);
    traps && !exits.found
}

/// Looks for instructions that leave a function without a trap.
struct Exits {
    entry: InstrSeqId,
    found: bool,
}

impl<'a> Visitor<'a> for Exits {
    fn start_instr_seq(&mut self, sequence: &'a InstrSeq) {
        self.found |= sequence.instrs.iter().any(|(instr, _)| match instr {
            // A branch to the whole body leaves it.
            Instr::Br(Br { block }) | Instr::BrIf(BrIf { block }) => *block == self.entry,
            Instr::BrTable(BrTable { blocks, default }) => *default == self.entry || blocks.contains(&self.entry),
            Instr::Return(_) | Instr::ReturnCall(_) | Instr::ReturnCallIndirect(_) | Instr::ReturnCallRef(_) => true,
            // The compiler emits none of these. They have targets of their own, so a function with one is kept.
            Instr::Try(_)
            | Instr::TryTable(_)
            | Instr::BrOnNull(_)
            | Instr::BrOnNonNull(_)
            | Instr::BrOnCast(_)
            | Instr::BrOnCastFail(_) => true,
            _ => false,
        });
    }
}

#[cfg(test)]
mod tests {
    use walrus::ir::Instr;
    use walrus::{FunctionBuilder, InstrSeqBuilder, Module, ModuleConfig};

    use super::at_once;

    /// Does a function with this body trap at once? Another function in the module does.
    fn traps_at_once(body: impl FnOnce(&mut InstrSeqBuilder<'_>)) -> bool {
        let mut module = Module::with_config(ModuleConfig::new());
        let calls = FunctionBuilder::new(&mut module.types, &[], &[]);
        let other = calls.finish(vec![], &mut module.funcs);
        let mut panics = FunctionBuilder::new(&mut module.types, &[], &[]);
        panics.func_body().call(other).unreachable();
        let panics = panics.finish(vec![], &mut module.funcs);
        module.exports.add("panics", panics);
        let mut looked_at = FunctionBuilder::new(&mut module.types, &[], &[]);
        body(looked_at.func_body().call(other));
        let looked_at = looked_at.finish(vec![], &mut module.funcs);
        module.exports.add("f", looked_at);

        let done = Module::from_buffer(&at_once(&module.emit_wasm()).unwrap()).unwrap();
        let of = |name| {
            let function = done.funcs.get(done.exports.get_func(name).unwrap()).kind.unwrap_local();
            matches!(function.block(function.entry_block()).instrs[..], [(Instr::Unreachable(_), _)])
        };
        assert!(of("panics"));
        of("f")
    }

    #[test]
    fn a_function_that_cannot_return_traps_at_once() {
        assert!(traps_at_once(|f| {
            f.unreachable();
        }));
        assert!(traps_at_once(|f| {
            f.block(None, |inner| {
                let inner_id = inner.id();
                inner.i32_const(1).br_if(inner_id).unreachable();
            })
            .unreachable();
        }));
    }

    #[test]
    fn a_function_that_may_return_is_kept() {
        assert!(!traps_at_once(|_| ()));
        assert!(!traps_at_once(|f| {
            f.block(None, |inner| {
                inner.i32_const(1).drop().return_();
            })
            .unreachable();
        }));
        assert!(!traps_at_once(|f| {
            let whole = f.id();
            f.block(None, |inner| {
                inner.i32_const(1).br_if(whole);
            })
            .unreachable();
        }));
        assert!(!traps_at_once(|f| {
            let whole = f.id();
            f.block(None, |inner| {
                let inner_id = inner.id();
                inner.i32_const(1).br_table(vec![inner_id].into_boxed_slice(), whole);
            })
            .unreachable();
        }));
    }

    #[test]
    fn an_engine_without_panics_is_an_error() {
        assert!(at_once(&Module::with_config(ModuleConfig::new()).emit_wasm()).is_err());
        assert!(at_once(b"").is_err());
    }
}
