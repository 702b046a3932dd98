// A stand-in for the part of the old ASP.NET AJAX library that office.js asks for before it starts. With these names
// defined, office.js does not fetch the library. Written from what office.js calls, not from the library's source.
//
// Like the library it reads JSON with eval, and does so once while it loads. Under a content security policy without
// 'unsafe-eval' the rest of the script is then missing, and the page reports an error: see docs/simulator.md.
(function (global) {
  "use strict";

  var Type = (global.Type = global.Type || Function);
  var Sys = (global.Sys = global.Sys || {});

  Type.registerNamespace = function (path) {
    path.split(".").reduce(function (parent, name) {
      parent[name] = parent[name] || {};
      return parent[name];
    }, global);
  };

  Type.registerClass = function () {
    return this;
  };
  Type.prototype.registerClass = Type.registerClass;

  function evaluate(text) {
    return global.eval(text);
  }

  function isOfType(value, type) {
    if (type === String) {
      return typeof value === "string";
    }
    if (type === Number) {
      return typeof value === "number";
    }
    if (type === Boolean) {
      return typeof value === "boolean";
    }
    if (type === Function) {
      return typeof value === "function";
    }
    return type === undefined || type === Object || value instanceof type;
  }

  // Answers what is wrong with `values`, or null: each rule has name, type, mayBeNull and optional.
  Function._validateParams = function (values, rules) {
    if (values.length > rules.length) {
      return Error.parameterCount();
    }
    for (var index = 0; index < rules.length; index += 1) {
      var rule = rules[index];
      var value = values[index];
      if (value === undefined || value === null) {
        if (!rule.optional && !rule.mayBeNull) {
          return Error.argumentNull(rule.name);
        }
      } else if (!isOfType(value, rule.type)) {
        return Error.argumentType(rule.name);
      }
    }
    return null;
  };

  function named(kind, message) {
    var error = new Error(message);
    error.name = kind;
    return error;
  }
  Error.argument = function (name, message) {
    return named("Sys.ArgumentException", message || "The argument " + name + " is not valid.");
  };
  Error.argumentNull = function (name) {
    return named("Sys.ArgumentNullException", "The argument " + name + " is missing.");
  };
  Error.argumentType = function (name) {
    return named("Sys.ArgumentTypeException", "The argument " + name + " is of the wrong type.");
  };
  Error.parameterCount = function (message) {
    return named("Sys.ParameterCountException", message || "The number of arguments is wrong.");
  };

  Sys.StringBuilder = function (text) {
    this.parts = text === undefined ? [] : [text];
  };
  Sys.StringBuilder.prototype.append = function (text) {
    this.parts.push(text);
    return this;
  };
  Sys.StringBuilder.prototype.toString = function (separator) {
    return this.parts.join(separator || "");
  };

  Sys.Debug = { trace: function () {} };
  Sys.Browser = { name: global.navigator.appName };

  // The named class. Office.js does not ask for any.
  Type.parse = function (name) {
    return evaluate(name);
  };

  function Serializer() {}
  Serializer.serialize = function (value) {
    return JSON.stringify(value);
  };
  Serializer.deserialize = function (text) {
    try {
      return evaluate("(" + text + ")");
    } catch {
      throw Error.argument("data", "The text is not JSON, or it may not be evaluated.");
    }
  };
  Sys.Serialization = { JavaScriptSerializer: Serializer };

  Sys.CultureInfo = function (name) {
    this.name = name;
  };
  Sys.CultureInfo._parse = function (text) {
    return new Sys.CultureInfo(Serializer.deserialize(text).name);
  };
  // This is where the library stops if eval is forbidden.
  Sys.CultureInfo.InvariantCulture = Sys.CultureInfo._parse('{"name":""}');
  Sys.CultureInfo.CurrentCulture = Sys.CultureInfo._parse('{"name":"en-US"}');
  Sys.UI = { Behavior: function () {} };
})(window);
