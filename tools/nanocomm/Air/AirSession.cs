using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using NanoComm.CommandLine;
using NanoComm.Simulators.WiSun;

namespace NanoComm.Tool
{
    /// <summary>One run of a simulated air: until Ctrl-C, a request to terminate, or the end of the time asked for.</summary>
    internal sealed class AirSession : IDisposable
    {
        private const int CountsPeriod = 60_000;

        private readonly AirSettings _settings;
        private readonly RealAirClock _clock = new();
        private readonly AirSite _site;
        private readonly BlockingCollection<(string Kind, string Text, JsonObject Data)> _told = new();
        private readonly PastedLine[] _next;
        private long _counted;

        public AirSession(AirSettings settings)
        {
            _settings = settings;
            _site = new AirSite(_clock, settings);
            _next = MakeNext();
        }

        /// <summary>Runs it.</summary>
        /// <exception cref="UserError">A port cannot be offered under its path.</exception>
        public void Run()
        {
            using var end = new EndSignals();
            end.EndAfter(_settings.For);
            end.EndUnread();
            if (!_settings.Json && LiveScreen.IsPossible)
            {
                var screen = new AirScreen(_site, Head, _next);
                _site.Told += (kind, text, _) => screen.Tell(kind, text);
                Offer();
                LiveScreen.Run(screen.Draw, screen.Brief, () => { }, end.Wait);
                Console.WriteLine($"nanocomm air ended: {_site.Count()}");
            }
            else
            {
                _site.Told += Keep;
                Offer();
                Work(_settings.Json ? new HemsJsonView() : new HemsLineView(), end.Token);
            }
        }

        public void Dispose()
        {
            foreach (AirPort port in _site.Ports)
            {
                port.Line?.Dispose();
            }

            _clock.Dispose();
        }

        private string Head => string.Create(CultureInfo.InvariantCulture, $"{_site.Dbm:0} dBm")
            + (_settings.FrameLoss > 0 ? string.Create(CultureInfo.InvariantCulture, $", {_settings.FrameLoss:0.##%} of the frames lost") : "")
            + (_settings.DatagramLoss > 0 ? string.Create(CultureInfo.InvariantCulture, $", {_settings.DatagramLoss:0.##%} of the datagrams lost") : "")
            + (_settings.Delay > 0 ? $", {_settings.Delay} ms under way" : "") + $", seed {_settings.Seed}";

        private void Offer()
        {
            foreach (AirPort port in _site.Ports)
            {
                port.Line = new OfferedModule("--" + port.Role, port.Path, port.Module);
            }
        }

        private static JsonNode ToJson(AirPort port)
        {
            return new JsonObject { ["role"] = port.Role, ["port"] = port.Path, ["address"] = port.Module.Address.ToString() };
        }

        // What shows it may be slow, and the air must not wait for it.
        private void Keep(string kind, string text, JsonObject data) => _told.Add((kind, text, data));

        private void Work(IHemsView view, CancellationToken end)
        {
            TellStart(view);
            using (new Timer(_ => KeepCounts(), null, CountsPeriod, CountsPeriod))
            {
                try
                {
                    foreach ((string kind, string text, JsonObject data) in _told.GetConsumingEnumerable(end))
                    {
                        view.Tell(kind, text, data);
                    }
                }
                catch (OperationCanceledException)
                {
                    // The end has come.
                }
            }

            while (_told.TryTake(out (string Kind, string Text, JsonObject Data) left))
            {
                view.Tell(left.Kind, left.Text, left.Data);
            }

            AirCounts last = _site.Count();
            view.Tell("end", last.ToString(), last.ToJson());
        }

        private void TellStart(IHemsView view)
        {
            string ports = string.Join(", ", _site.Ports.Select(port => port.Name));
            view.Tell("start", $"a simulated air, {Head}: {ports}; Ctrl-C ends", new JsonObject
            {
                ["ports"] = new JsonArray(_site.Ports.Select(ToJson).ToArray()),
                ["dbm"] = Math.Round(_site.Dbm, 1),
                ["frameLoss"] = _settings.FrameLoss,
                ["datagramLoss"] = _settings.DatagramLoss,
                ["delay"] = _settings.Delay,
                ["seed"] = _settings.Seed,
                ["next"] = new JsonArray(_next.Select(line => (JsonNode)line.ToString()).ToArray()),
            });
            if (!_settings.Json)
            {
                Console.WriteLine("Next, each in a terminal of its own:");
                foreach (PastedLine line in _next)
                {
                    Console.WriteLine($"  {line}");
                }
            }
        }

        private void KeepCounts()
        {
            AirCounts counts = _site.Count();
            if (counts.Frames > _counted)
            {
                _counted = counts.Frames;
                Keep("counts", counts.ToString(), counts.ToJson());
            }
        }

        // A pair of this start's: that which everybody knows a unit takes for its own simulated air alone.
        private PastedLine[] MakeNext()
        {
            RouteBCredentials pair = RouteBCredentials.Make();
            string password = $"{SecretOption.RouteBPasswordVariable}={pair.Password}";
            return _site.Ports.Select(port => port == _site.Unit
                ? new PastedLine(password, "board", "virtual", "--wisun", port.Path, "--store", "unit", "--route-b-id", pair.Id)
                : new PastedLine(password, "hems", "--port", port.Path, "--id", pair.Id)).ToArray();
        }
    }
}
