using NanoComm.Hal;

namespace NanoComm.Tests
{
    /// <summary>A radio that knows a network until it forgets it, and can refuse to.</summary>
    public sealed class FakeWifi : IWifiRadio
    {
        /// <summary>Whether it knows a network.</summary>
        public bool IsDeployed { get; set; } = true;

        /// <summary>Whether it refuses to forget.</summary>
        public bool Refuses { get; set; }

        /// <inheritdoc/>
        public WifiState State
        {
            get { return WifiState.Off; }
        }

        /// <inheritdoc/>
        public int SignalDbm
        {
            get { return 0; }
        }

        /// <inheritdoc/>
        public bool Start()
        {
            return IsDeployed;
        }

        /// <inheritdoc/>
        public void Stop()
        {
        }

        /// <inheritdoc/>
        public bool Forget()
        {
            IsDeployed &= Refuses;
            return !Refuses;
        }
    }
}
