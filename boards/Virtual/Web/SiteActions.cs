using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using NanoComm.Simulators;

namespace NanoComm.Virtual.Web
{
    /// <summary>
    /// What one may do to the site, each a button of the page and a path to post to. Where it cannot be done, its reason is a
    /// code; the words for it are the page's.
    /// </summary>
    internal sealed class SiteActions
    {
        // Of each bit: of the frames of a live poll about every second one arrives whole.
        private const double Noise = 0.0005;

        private readonly bool _allowsWrites;
        private readonly Lock _gate = new();
        private readonly Dictionary<string, SiteAction> _actions;
        private ShownUnit _unit;

        /// <summary>Makes it.</summary>
        /// <param name="allowsWrites">Whether anything may be done at all.</param>
        public SiteActions(bool allowsWrites)
        {
            _allowsWrites = allowsWrites;
            _actions = new()
            {
                ["pull-plug"] = new("plug", () => null, () => _unit.Session.PullPlug(Ending.PlugPulled)),
                ["cut-line"] = new("line", WhyNotLine, () => Line.IsCut = true),
                ["mend-line"] = new("line", WhyNotLine, () => Line.IsCut = false),
                ["make-noise"] = new("noise", WhyNotLine, () => Line.BitError = Noise),
                ["end-noise"] = new("noise", WhyNotLine, () => Line.BitError = 0),
                ["change-unit"] = new("change", WhyNotChange, () => _unit.Session.PullPlug(Ending.Exchanged)),
                ["sag-supply"] = new("supply", () => null, () => Site.SagSupply(true)),
                ["restore-supply"] = new("supply", () => null, () => Site.SagSupply(false)),
                ["forget-hems"] = new("hems", WhyNotHems, () => Site.WiSun.EndSession()),
            };
        }

        private Site Site => _unit.Session.Site;

        private LineFaults Line => Site.MeteringUnit.Faults;

        /// <summary>Is for another unit from now on; null for none.</summary>
        public void Show(ShownUnit unit)
        {
            lock (_gate)
            {
                _unit = unit;
            }
        }

        /// <summary>Whether there is such an action.</summary>
        public bool Has(string name) => _actions.ContainsKey(name);

        /// <summary>Does it.</summary>
        /// <param name="name">The action's.</param>
        /// <returns>Null, or why it was not done.</returns>
        public string Do(string name)
        {
            lock (_gate)
            {
                SiteAction action = _actions[name];
                string reason = _unit is null ? "unitOff" : action.WhyNot();
                if (reason is null)
                {
                    action.Do();
                }

                return reason;
            }
        }

        /// <summary>Writes what may be done, and what is done, as the page wants to know it. While a unit is shown.</summary>
        public void Write(Utf8JsonWriter json)
        {
            json.WriteBoolean("writes", _allowsWrites);
            json.WriteStartArray("actions");
            bool isSimulated = Site.MeteringUnit is not null;
            Write(json, "plug", "pull-plug", false, $"kill -9 {Environment.ProcessId}");
            Toggle(json, "line", isSimulated && Line.IsCut, "cut-line", "mend-line", null);
            Toggle(json, "noise", isSimulated && Line.BitError > 0, "make-noise", "end-noise", null);
            Write(json, "change", "change-unit", false, "nanocomm swap --ticket exchange.nct --store new");
            Toggle(json, "supply", Site.IsSupplyLow, "sag-supply", "restore-supply", "nanocomm-virtual --low-supply 20:60");
            Write(json, "hems", "forget-hems", false, null);
            json.WriteEndArray();
        }

        private void Toggle(Utf8JsonWriter json, string id, bool isOn, string begin, string end, string command)
        {
            Write(json, id, isOn ? end : begin, isOn, command);
        }

        private void Write(Utf8JsonWriter json, string id, string next, bool isOn, string command)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("do", next);
            json.WriteBoolean("on", isOn);
            json.WriteString("reason", _allowsWrites ? _actions[next].WhyNot() : "reachable");
            json.WriteString("command", command);
            json.WriteEndObject();
        }

        private string WhyNotLine() => Site.MeteringUnit is null ? "elsewhere" : null;

        private string WhyNotChange()
        {
            return Site.MeteringUnit is null ? "elsewhere"
                : _unit.Session.Options.Store is not null || Site.MeteringUnit.State.Factory is null ? "stored"
                : null;
        }

        private string WhyNotHems()
        {
            return _unit.Unit.WiSunPath is null ? "noWiSun"
                : Site.WiSun is null ? "realModule"
                : _unit.Unit.WiSunPath.Coordinator.Port.IsJoined ? null
                : "noSession";
        }

        private sealed record SiteAction(string Id, Func<string> WhyNot, Action Do);
    }
}
