using System;
using System.Collections.Generic;
using System.Text;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Hems;
using NanoComm.Records;
using NanoComm.Rig;
using NanoComm.Simulators.WiSun;
using NanoComm.WiSun;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>
    /// A high-voltage site whose transformer has 5.5 VA left: a unit with Ethernet PHY, Wi-SUN module and Wi-Fi radio,
    /// which together may draw 5.8 VA and more; terminals that ask on all paths, often at the same moment; and a meter of
    /// what is really drawn.
    /// </summary>
    internal sealed class PowerHome : IDisposable
    {
        public const double Free = 5.5;

        private const double Phy = 110;
        private const double ProcessorAlone = 68;
        private const double WifiListening = 118;
        private const double WifiSending = 379;
        private const double ModuleHeld = 2;
        private const double ModuleListening = 20;
        private const double ModuleSending = 70;
        private const int IpGetsAtOnce = 10;
        private const int IpPause = 20;
        private const int AckTime = 2;
        private const int WifiSendTime = 3;
        private const int WifiUnaskedPeriod = 1000;
        private const string Source = "made up";

        private readonly bool _sendsUnasked;
        private readonly RadioDraw _wifi;
        private readonly RadioDraw _module;
        private readonly DatagramPeer _peer = SimulatedUnit.Peer(2);
        private readonly byte[] _get = Convert.FromHexString("1081000105FF010288016203E700E000E300");
        private readonly Queue<long> _asked = new();
        private bool _isModuleSending;
        private bool _isWifiOn;
        private bool _isHeld = true;

        /// <summary>Makes a site.</summary>
        /// <param name="seed">Decides chance.</param>
        /// <param name="sendsUnasked">Whether the radios acknowledge, keep alive and so on, as real ones do; if not, they
        /// send only what they are given.</param>
        /// <param name="isGoverned">Whether the board declares what its parts draw, or so little that nothing is ever too
        /// much.</param>
        public PowerHome(int seed, bool sendsUnasked, bool isGoverned)
        {
            _sendsUnasked = sendsUnasked;
            var parts = new PoweredParts
            {
                Declaration = sheet => Declare(sheet, isGoverned ? 9500 : 0, sendsUnasked),
                HasWifi = true,
                Held = OnReset,
            };
            var files = new MemoryFiles();
            new DurableStore(files).Write(ChannelPlan.Record, [0x2F, 0x12, 0x34], 3);
            Home = new WiSunHome(seed, files: files, parts: parts);
            Meter = new PowerMeter(Home.Unit.Scheduler, Free);
            Meter.Add(Phy + ProcessorAlone + ModuleHeld);
            _wifi = new RadioDraw(Home.Unit.Scheduler, Meter, WifiSending - WifiListening);
            _module = new RadioDraw(Home.Unit.Scheduler, Meter, ModuleSending - ModuleListening);
            Home.Unit.Wifi.Switched += OnWifi;
            Home.Unit.Port.Sent += OnPort;
            if (sendsUnasked)
            {
                Home.Unit.Air.Sent += OnAir;
            }
            else
            {
                Home.Unit.WiSunLine.FarEnd.Received += OnCommand;
                Home.Module.Send += OnEvent;
            }
        }

        public WiSunHome Home { get; }

        public PowerMeter Meter { get; }

        /// <summary>The longest that a Get on the IP path waited for its answer, in ms.</summary>
        public long LongestAnswer { get; private set; }

        public int IpAnswers { get; private set; }

        public int IpGets { get; private set; }

        /// <summary>Answers to the controller's own questions on Wi-SUN.</summary>
        public int WiSunAnswers { get; private set; }

        /// <summary>Datagrams that the module was given, where that is what it sends.</summary>
        public int ModuleTransmissions { get; private set; }

        /// <summary>When half-hours were announced on the IP path, ms.</summary>
        public List<long> Announcements { get; } = [];

        /// <summary>Starts unit and controller, and asks on both paths: every five seconds once on Wi-SUN, and
        /// ten times on IP meanwhile.</summary>
        public void Start()
        {
            Home.Unit.Unit.Start();
            Home.Hems.Start();
            Home.Readings.Start();
            At(5000, AskAll);
            if (_sendsUnasked)
            {
                At(WifiUnaskedPeriod, KeepAlive);
            }
        }

        public void Dispose()
        {
            Home.Dispose();
        }

        private static void Declare(IPowerSheet sheet, int reserved, bool sendsUnasked)
        {
            Sends sends = sendsUnasked ? Sends.Unasked : Sends.WhenAsked;
            sheet.Supply(SupplyKind.VoltageTransformer, 15000, reserved, 500, Source);
            sheet.Rail("5 V", 5000, null, [0, 750], 100, Source);
            sheet.Rail("3.3 V", 3300, "5 V", [0, 850], 470, Source);
            sheet.Load(PowerPart.Ethernet, "Ethernet PHY", "3.3 V", 0, 0);
            sheet.State("link up", 100, (int)Phy, Sends.Never, Source);
            sheet.Load(PowerPart.WiSun, "Wi-SUN module", "3.3 V", (int)ModuleSending, 0);
            sheet.State("held in reset", 1, (int)ModuleHeld, Sends.Never, Source);
            sheet.State("serving", 20, (int)ModuleListening, sends, Source);
            if (!sendsUnasked)
            {
                sheet.Burst(3000, Source);
            }

            sheet.Load(PowerPart.Processor, "ESP32", "3.3 V", (int)WifiSending, 0);
            sheet.State("Wi-Fi idle", 40, (int)ProcessorAlone, Sends.Never, Source);
            sheet.State("Wi-Fi on", 110, (int)WifiListening, sends, Source);
            if (!sendsUnasked)
            {
                sheet.Burst(WifiSendTime, Source);
            }
        }

        private void At(long after, Action action)
        {
            Home.Unit.Scheduler.At(Home.Now + after, action);
        }

        private void AskAll()
        {
            At(5000, AskAll);
            if (Home.Hems.State == HemsState.Joined)
            {
                Home.Hems.Ask(0x028801, EchonetMessage.Get, [(Epc.InstantaneousPower, [])], answer => WiSunAnswers += answer == null ? 0 : 1);
            }

            for (int i = 0; i < IpGetsAtOnce; i++)
            {
                At(i * IpPause, AskIp);
            }
        }

        private void AskIp()
        {
            if (Home.Unit.Port.IsOpen)
            {
                IpGets++;
                _asked.Enqueue(Home.Now);
                Home.Unit.Port.Deliver(_get, _peer);
            }
        }

        private void KeepAlive()
        {
            At(WifiUnaskedPeriod, KeepAlive);
            if (_isWifiOn)
            {
                _wifi.Send(1);
            }
        }

        private void OnReset(bool isHeld)
        {
            _isHeld = isHeld;
            Meter.Add(isHeld ? ModuleHeld - ModuleListening : ModuleListening - ModuleHeld);
            EndModule();
        }

        private void OnWifi(bool isOn)
        {
            _isWifiOn = isOn;
            Meter.Add(isOn ? WifiListening - ProcessorAlone : ProcessorAlone - WifiListening);
        }

        private void OnPort(byte[] buffer, int length, DatagramPeer destination)
        {
            _wifi.Send(WifiSendTime);
            if (destination == null && buffer[10] == Esv.Inf && buffer[12] == Epc.NormalFixedTimeEnergy)
            {
                Announcements.Add(Home.Now);
            }
            else if (destination != null && buffer[10] == Esv.GetRes && _asked.Count > 0)
            {
                IpAnswers++;
                LongestAnswer = Math.Max(LongestAnswer, Home.Now - _asked.Dequeue());
            }
        }

        // What the unit's module sends, and its acknowledgements of what it hears.
        private void OnAir(AirFrame frame)
        {
            if (!_isHeld)
            {
                _module.Send(frame.From == Home.Module.Mac ? frame.AirTime : AckTime);
            }
        }

        private void OnCommand(ReadOnlyMemory<byte> bytes)
        {
            if (!_isModuleSending && Encoding.Latin1.GetString(bytes.Span).Contains("SKSENDTO", StringComparison.Ordinal))
            {
                _isModuleSending = true;
                ModuleTransmissions++;
                Meter.Add(ModuleSending - ModuleListening);
            }
        }

        private void OnEvent(ReadOnlyMemory<byte> bytes)
        {
            if (Encoding.Latin1.GetString(bytes.Span).Contains("EVENT 21", StringComparison.Ordinal))
            {
                EndModule();
            }
        }

        private void EndModule()
        {
            if (_isModuleSending)
            {
                _isModuleSending = false;
                Meter.Add(ModuleListening - ModuleSending);
            }
        }
    }
}
