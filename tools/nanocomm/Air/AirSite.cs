using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using NanoComm.Simulators.WiSun;

namespace NanoComm.Tool
{
    /// <summary>A simulated air with the module of a meter's communication unit and the dongles of its customer's controllers: who joins
    /// and leaves, and what has passed.</summary>
    internal sealed class AirSite
    {
        private const ulong FirstMac = 0x001D_1290_0000_0001;

        private const byte NotLetIn = 0x24;
        private const byte Joined = 0x25;
        private const byte Ended = 0x27;
        private const byte EndedAlone = 0x28;
        private const byte Expired = 0x29;
        private const byte LimitBegins = 0x32;
        private const byte LimitEnds = 0x33;

        // What its dongle does not see.
        private static readonly byte[] ToldOfTheModule = [EndedAlone, Expired, LimitBegins, LimitEnds];

        private readonly WiSunAir _air;

        /// <summary>Puts the modules into an air.</summary>
        /// <param name="clock">Its time.</param>
        /// <param name="settings">What is wanted.</param>
        public AirSite(IAirClock clock, AirSettings settings)
        {
            _air = new WiSunAir(clock, settings.Seed);
            Unit = new AirPort("module", settings.Module, new SimulatedModule(_air, new ModuleOptions { Mac = FirstMac }));
            AirPort[] dongles = settings.Dongles.Select((path, i) => new AirPort("dongle", path,
                new SimulatedModule(_air, new ModuleOptions { Mac = FirstMac + 1 + (ulong)i, Dialect = settings.Dialect }))).ToArray();
            Ports = [Unit, .. dongles];
            foreach (AirPort dongle in dongles)
            {
                AirLink link = _air.Between(Unit.Module, dongle.Module);
                link.Dbm = settings.Dbm ?? link.Dbm;
                link.FrameLoss = settings.FrameLoss;
                link.DatagramLoss = settings.DatagramLoss;
                link.DelayMilliseconds = settings.Delay;
            }

            Dbm = _air.Between(Unit.Module, dongles[0].Module).Dbm;
            foreach (AirPort port in Ports)
            {
                port.Module.Raised += (number, peer) => Take(port, number, peer);
                port.Module.Restarting += () => TellRestart(port);
            }
        }

        /// <summary>Something happened: one word, the same for people, and for programs. On the air's clock: who is told must not
        /// wait.</summary>
        public event Action<string, string, JsonObject> Told;

        /// <summary>The module of the communication unit.</summary>
        public AirPort Unit { get; }

        /// <summary>That, and then the dongles.</summary>
        public IReadOnlyList<AirPort> Ports { get; }

        /// <summary>Received power between the module and a dongle.</summary>
        public double Dbm { get; }

        /// <summary>What has passed so far.</summary>
        public AirCounts Count()
        {
            AirCounts counts = null;
            _air.Clock.Enter(() => counts = new AirCounts(_air.Frames, _air.DatagramsLost, Ports.Select(AirPortCounts.Of).ToArray()));
            return counts;
        }

        private void Take(AirPort port, byte number, Ip6 peer)
        {
            if (port == Unit && !ToldOfTheModule.Contains(number))
            {
                return;
            }

            switch (number)
            {
                case Joined:
                    bool isNew = port.Module.Statistics.Sessions > port.SessionsTold;
                    port.SessionsTold = port.Module.Statistics.Sessions;
                    Tell(isNew ? "joined" : "renewed", port, isNew ? $"has joined {peer}" : $"has renewed its session with {peer}", peer);
                    break;
                case NotLetIn:
                    Tell("refused", port, $"does not get in at {peer}", peer);
                    break;
                case Ended:
                    Tell("left", port, $"has no session any more: it was ended", peer);
                    break;
                case EndedAlone:
                    Tell("left", port, $"has no session any more: {peer} did not say goodbye", peer);
                    break;
                case Expired:
                    Tell("left", port, "has no session any more: it was not renewed in time", peer);
                    break;
                case LimitBegins:
                    Tell("limit", port, "may send no more within this hour", null);
                    break;
                case LimitEnds:
                    Tell("limit", port, "may send again", null);
                    break;
            }
        }

        // A program that opens the port begins with it.
        private void TellRestart(AirPort port)
        {
            Ip6? peer = port.Module.SessionPeer;
            Tell("restart", port, "is started anew by its host" + (peer is null ? "" : $", and knows nothing of its session with {peer} any more"), peer);
        }

        private void Tell(string kind, AirPort port, string what, Ip6? peer)
        {
            Told?.Invoke(kind, $"{port.Name} {what}", new JsonObject { ["role"] = port.Role, ["port"] = port.Path, ["peer"] = peer?.ToString() });
        }
    }
}
