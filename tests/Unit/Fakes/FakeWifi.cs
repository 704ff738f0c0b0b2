using NanoComm.Hal;

namespace NanoComm.Tests
{
    /// <summary>A radio that does what a test says, and can refuse to forget.</summary>
    public sealed class FakeWifi : IWifiRadio
    {
        /// <summary>Whether it refuses to forget.</summary>
        public bool Refuses { get; set; }

        /// <inheritdoc/>
        public WifiState State { get; set; }

        /// <inheritdoc/>
        public int SignalDbm { get; set; }

        /// <summary>Whether it is slow to leave.</summary>
        public bool IsSlow { get; set; }

        /// <summary>Whether it was started last, and not stopped.</summary>
        public bool IsStarted { get; private set; } = true;

        /// <summary>Whether the board knows a network.</summary>
        public bool IsDeployed { get; private set; } = true;

        /// <summary>How often it was started.</summary>
        public int Starts { get; private set; }

        /// <summary>How often it was stopped.</summary>
        public int Stops { get; private set; }

        /// <summary>How often it was told to forget.</summary>
        public int Forgets { get; private set; }

        /// <summary>What it was started with last; what it handed on is forgotten by who gave it.</summary>
        public WifiNetwork Network { get; private set; }

        /// <summary>The first byte of the passphrase that it was started with last.</summary>
        public int FirstOfPassphrase { get; private set; }

        /// <summary>Whether it takes no network.</summary>
        public bool IsPicky { get; set; }

        /// <summary>Whether it is in the network that it is started with.</summary>
        public bool StaysJoined { get; set; }

        /// <inheritdoc/>
        public bool CanBeAccessPoint { get; set; }

        /// <inheritdoc/>
        public bool IsQuiet
        {
            get { return !IsStarted && !IsSlow; }
        }

        /// <inheritdoc/>
        public bool Start(WifiNetwork network)
        {
            if (IsPicky)
            {
                return false;
            }

            Starts++;
            IsDeployed = true;
            Network = network;
            FirstOfPassphrase = network.Passphrase[0];
            IsStarted = true;
            State = StaysJoined ? WifiState.Joined : WifiState.Joining;
            return true;
        }

        /// <inheritdoc/>
        public void Stop()
        {
            Stops++;
            IsStarted = false;
            State = WifiState.Off;
        }

        /// <inheritdoc/>
        public bool Forget()
        {
            Forgets++;
            Stop();
            IsDeployed &= Refuses;
            return !Refuses;
        }
    }
}
