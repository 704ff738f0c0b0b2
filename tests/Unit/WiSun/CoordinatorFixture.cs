using NanoComm.Hal;
using NanoComm.Policy;
using NanoComm.Power;
using NanoComm.Records;
using NanoComm.WiSun;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>A coordinator, a module and a clock; what matters to security is noted as a line of digits.</summary>
    public sealed class CoordinatorFixture : IWiSunObserver
    {
        /// <summary>Address of the terminal in bytes.</summary>
        public const string HemsBytes = "FE80000000000000021D129100000574";

        /// <summary>Route-B id.</summary>
        public const string Id = "0123456789ABCDEF0123456789ABCDEF";

        /// <summary>Password.</summary>
        public const string Password = "Passw0rd0123";

        /// <summary>How long a session lasts unless it is renewed, in seconds: what real meters set.</summary>
        public const int Day = 86400;

        private readonly byte[] _buffer = new byte[SkParser.MaxDataLength + 1];
        private readonly DatagramPeer _peer = new DatagramPeer();

        /// <summary>Makes a coordinator whose channel and PAN id are chosen; nothing has run.</summary>
        public CoordinatorFixture()
            : this(true, true)
        {
        }

        /// <summary>Makes a coordinator; nothing has run.</summary>
        /// <param name="hasPlan">Whether channel and PAN id are chosen: 2F and 1234.</param>
        /// <param name="hasCredentials">Whether there are id and password.</param>
        public CoordinatorFixture(bool hasPlan, bool hasCredentials)
            : this(hasPlan, hasCredentials, Day)
        {
        }

        /// <summary>Makes a coordinator; nothing has run.</summary>
        /// <param name="hasPlan">Whether channel and PAN id are chosen: 2F and 1234.</param>
        /// <param name="hasCredentials">Whether there are id and password.</param>
        /// <param name="sessionLifetime">Of a session, in seconds.</param>
        public CoordinatorFixture(bool hasPlan, bool hasCredentials, int sessionLifetime)
            : this(hasPlan, hasCredentials, sessionLifetime, new FakeModule(), null)
        {
        }

        /// <summary>Makes a coordinator; nothing has run.</summary>
        /// <param name="hasPlan">Whether channel and PAN id are chosen: 2F and 1234.</param>
        /// <param name="hasCredentials">Whether there are id and password.</param>
        /// <param name="sessionLifetime">Of a session, in seconds.</param>
        /// <param name="module">The module.</param>
        /// <param name="line">What the coordinator hears it through, or null for nothing in between.</param>
        public CoordinatorFixture(bool hasPlan, bool hasCredentials, int sessionLifetime, FakeModule module,
            ISerialLine line)
            : this(hasPlan, hasCredentials, sessionLifetime, module, line, FakePower.Governor(FakePower.Ample))
        {
        }

        private CoordinatorFixture(bool hasPlan, bool hasCredentials, int sessionLifetime, FakeModule module,
            ISerialLine line, PowerGovernor governor)
        {
            Module = module;
            Board = new FakeBoard
            {
                Store = new DurableStore(new FakeFiles()),
                Random = new FakeRandom(),
                WiSunLine = line ?? Module,
                WiSunReset = Module,
            };
            if (hasPlan)
            {
                Board.Store.Write(ChannelPlan.Record, new byte[] { 0x2F, 0x12, 0x34 }, 3);
            }

            if (hasCredentials)
            {
                byte[] record = SkReader.Bytes(Id + Password);
                Board.Store.Write(RouteBCredentials.Record, record, record.Length);
            }

            Policy = new RouteBPolicy(Board.Store, RouteParts.WiSun, false);
            Governor = governor;
            Power = Governor.Of(PowerPart.WiSun);
            Coordinator = new Coordinator(Board, sessionLifetime, Policy, Power, this);
        }

        /// <summary>The board.</summary>
        public FakeBoard Board { get; }

        /// <summary>What the utility has decided.</summary>
        public RouteBPolicy Policy { get; }

        /// <summary>Grants the power.</summary>
        public PowerGovernor Governor { get; }

        /// <summary>The module's share of the power.</summary>
        public PowerGrant Power { get; }

        /// <summary>The module.</summary>
        public FakeModule Module { get; }

        /// <summary>The coordinator.</summary>
        public Coordinator Coordinator { get; }

        /// <summary>What matters to security, a digit each.</summary>
        public string Events { get; private set; } = "";

        /// <summary>The clock.</summary>
        public long Now
        {
            get { return Board.Time.Milliseconds; }
        }

        /// <summary>A coordinator whose module sends only when asked, as does another part, and there is power for one of
        /// them; nothing has run.</summary>
        public static CoordinatorFixture Asked()
        {
            return new CoordinatorFixture(true, true, Day, new FakeModule(), null, FakePower.AskedGovernor());
        }

        /// <summary>A coordinator that is ready; its module's commands are forgotten.</summary>
        public static CoordinatorFixture Ready()
        {
            return Ready(Day);
        }

        /// <summary>A coordinator that is ready; its module's commands are forgotten.</summary>
        /// <param name="sessionLifetime">Of a session, in seconds.</param>
        public static CoordinatorFixture Ready(int sessionLifetime)
        {
            var fixture = new CoordinatorFixture(true, true, sessionLifetime);
            fixture.Run(4000);
            Assert.AreEqual((int)CoordinatorState.Ready, (int)fixture.Coordinator.State);
            fixture.Module.Commands.Clear();
            return fixture;
        }

        /// <summary>A coordinator within its start: the module is on the air, and has not answered a command.</summary>
        /// <param name="ignored">The command.</param>
        public static CoordinatorFixture StartingWithout(string ignored)
        {
            var fixture = new CoordinatorFixture();
            fixture.Module.Ignores = ignored;
            fixture.Run(700);
            Assert.AreEqual((int)CoordinatorState.Starting, (int)fixture.Coordinator.State);
            Assert.AreEqual(1, fixture.CountOf(ignored));
            return fixture;
        }

        /// <summary>A coordinator with an open session.</summary>
        public static CoordinatorFixture Joined()
        {
            return Joined(Day);
        }

        /// <summary>A coordinator with an open session.</summary>
        /// <param name="sessionLifetime">Of the session, in seconds.</param>
        public static CoordinatorFixture Joined(int sessionLifetime)
        {
            CoordinatorFixture fixture = Ready(sessionLifetime);
            fixture.Hear("EVENT 25 @");
            Assert.IsTrue(fixture.Coordinator.Port.Open());
            return fixture;
        }

        /// <summary>A datagram of the terminal as the module says it.</summary>
        public static string Datagram(string data)
        {
            return Datagram("@", "0E1A", "1", data);
        }

        /// <summary>A datagram as the module says it.</summary>
        public static string Datagram(string from, string port, string security, string data)
        {
            return "ERXUDP " + from + " $ 0E1A " + port + " 001D129100000574 " + security + " "
                + (data.Length / 2).ToString("X4") + " " + data;
        }

        /// <inheritdoc/>
        public void On(WiSunEvent e)
        {
            Events += ((int)e).ToString();
        }

        /// <summary>How often the module was given a command that begins like this.</summary>
        public int CountOf(string command)
        {
            int count = 0;
            for (int i = 0; i < Module.Commands.Count; i++)
            {
                count += ((string)Module.Commands[i]).StartsWith(command) ? 1 : 0;
            }

            return count;
        }

        /// <summary>The last datagram that the module was given, or "".</summary>
        public string LastSending()
        {
            for (int i = Module.Commands.Count - 1; i >= 0; i--)
            {
                if (((string)Module.Commands[i]).StartsWith("SKSENDTO"))
                {
                    return (string)Module.Commands[i];
                }
            }

            return "";
        }

        /// <summary>The module says a line, which is handled at once.</summary>
        public void Hear(string line)
        {
            Module.Say(line);
            Run(0);
        }

        /// <summary>Lets so many milliseconds pass, with a step whenever one is due or the module says
        /// something.</summary>
        public void Run(long milliseconds)
        {
            long end = Now + milliseconds;
            int stepsAtOnce = 0;
            while (true)
            {
                Coordinator.Hear(Now);
                long next = Coordinator.Work(Now);
                if (Module.HasSaid)
                {
                    continue;
                }

                stepsAtOnce = next <= Now ? stepsAtOnce + 1 : 0;
                Assert.IsTrue(stepsAtOnce < 100, "the coordinator does not let the clock go on");
                if (next > end)
                {
                    Board.Time.Milliseconds = end;
                    return;
                }

                Board.Time.Milliseconds = next > Now ? next : Now;
            }
        }

        /// <summary>Takes the oldest datagram received, or "" without one.</summary>
        public string Receive()
        {
            int length = Coordinator.Port.Receive(_buffer, _peer);
            return length < 0 ? "" : Hex.Format(_peer.Address, 0, _peer.AddressLength) + " " + _peer.Port.ToString()
                + " " + Hex.Format(_buffer, 0, length);
        }

        /// <summary>Sends to an address.</summary>
        public bool Send(string address, string data)
        {
            var peer = new DatagramPeer { AddressLength = 16, Port = SessionPort.UdpPort };
            Hex.Parse(address).CopyTo(peer.Address, 0);
            byte[] bytes = Hex.Parse(data);
            return Coordinator.Port.Send(bytes, bytes.Length, peer);
        }

        /// <summary>Sends to the group.</summary>
        public bool Announce(string data)
        {
            byte[] bytes = Hex.Parse(data);
            return Coordinator.Port.SendToGroup(bytes, bytes.Length);
        }

        /// <summary>Sends to the terminals, which here is the one of the session.</summary>
        public bool Tell(string data)
        {
            byte[] bytes = Hex.Parse(data);
            return Coordinator.Port.SendToTerminals(bytes, bytes.Length);
        }
    }
}
