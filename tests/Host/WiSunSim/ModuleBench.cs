using System;
using System.Collections.Generic;
using System.Text;
using NanoComm.Hal.Host;
using NanoComm.Simulators.WiSun;

namespace NanoComm.Tests.Host.WiSunSim
{
    /// <summary>An air in virtual time with modules that are typed to by hand.</summary>
    internal sealed class ModuleBench : IDisposable
    {
        public const string Id = "0023456789ABCDEF0123456789ABCDEF";
        public const string Password = "0123456789AB";
        public const string PairingId = "89ABCDEF";

        public const ulong MeterMac = 0x001D_1290_0000_0001;
        public const string MeterAddress = "FE80:0000:0000:0000:021D:1290:0000:0001";
        public const ulong HemsMac = 0x001D_1290_0000_0002;
        public const string HemsAddress = "FE80:0000:0000:0000:021D:1290:0000:0002";

        private readonly Dictionary<SimulatedModule, StringBuilder> _said = new();

        public ModuleBench(int seed = 1)
        {
            Scheduler = new VirtualScheduler(seed);
            Air = new WiSunAir(new VirtualAirClock(Scheduler), seed);
        }

        public VirtualScheduler Scheduler { get; }

        public WiSunAir Air { get; }

        public SimulatedModule Add(ModuleOptions options = null)
        {
            var module = new SimulatedModule(Air, options);
            var said = new StringBuilder();
            _said.Add(module, said);
            module.Send += bytes => said.Append(Encoding.Latin1.GetString(bytes.Span));
            return module;
        }

        /// <summary>A coordinator that lets people in: A1, hexadecimal, echo off, channel 25, PAN 8888.</summary>
        public SimulatedModule AddMeter(ModuleOptions options = null)
        {
            SimulatedModule meter = Add(options ?? new ModuleOptions { Mac = MeterMac, FactoryOption = 1 });
            Type(meter, "SKSREG SFE 0", "SKSETPWD C " + Password, "SKSETRBID " + Id, "SKSREG S02 25",
                "SKSREG S03 8888", "SKSTART");
            Take(meter);
            return meter;
        }

        /// <summary>A module that could join that coordinator: channel and PAN are set.</summary>
        public SimulatedModule AddHems(ModuleDialect dialect = ModuleDialect.A1, ulong mac = HemsMac)
        {
            SimulatedModule hems = Add(new ModuleOptions { Mac = mac, FactoryOption = 1, Dialect = dialect });
            Type(hems, "SKSREG SFE 0", "SKSETPWD C " + Password, "SKSETRBID " + Id, "SKSREG S02 25",
                "SKSREG S03 8888");
            Take(hems);
            return hems;
        }

        /// <summary>Joins, and throws away what both have said.</summary>
        public void Join(SimulatedModule hems, SimulatedModule meter)
        {
            Type(hems, "SKJOIN " + meter.Address);
            Run(3000);
            if (hems.SessionPeer != meter.Address || meter.SessionPeer != hems.Address)
            {
                throw new InvalidOperationException("no session: " + string.Join('|', Take(hems)));
            }

            Take(hems);
            Take(meter);
        }

        public void Type(SimulatedModule module, params string[] lines)
        {
            foreach (string line in lines)
            {
                Write(module, line + "\r\n");
            }
        }

        public void Write(SimulatedModule module, string text)
        {
            module.Receive(Encoding.Latin1.GetBytes(text));
        }

        /// <summary>What it has said since it was last asked, in lines.</summary>
        public string[] Take(SimulatedModule module)
        {
            return TakeText(module).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        }

        /// <summary>The same as it is.</summary>
        public string TakeText(SimulatedModule module)
        {
            string text = _said[module].ToString();
            _said[module].Clear();
            return text;
        }

        /// <summary>Types a line and gives what is said within a time.</summary>
        public string[] Ask(SimulatedModule module, string line, int milliseconds = 0)
        {
            Take(module);
            Type(module, line);
            Run(milliseconds);
            return Take(module);
        }

        public void Run(long milliseconds)
        {
            Scheduler.RunUntil(Scheduler.Milliseconds + milliseconds);
        }

        /// <summary>Sends a datagram and gives what its sender is told.</summary>
        public string[] Send(SimulatedModule from, string to, string data, int security = 1, string port = "0E1A")
        {
            Take(from);
            string side = from.Options.Dialect == ModuleDialect.C2 ? "0 " : string.Empty;
            Write(from, $"SKSENDTO 1 {to} {port} {security} {side}{data.Length:X4} {data}");
            Run(1000);
            return Take(from);
        }

        public void Dispose()
        {
            Scheduler.Dispose();
        }
    }
}
