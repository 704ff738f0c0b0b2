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
        public int SignalDbm { get; set; }

        /// <summary>Whether it is slow to leave.</summary>
        public bool IsSlow { get; set; }

        /// <summary>Whether it was started last, and not stopped.</summary>
        public bool IsStarted { get; private set; } = true;

        /// <inheritdoc/>
        public bool IsQuiet
        {
            get { return !IsStarted && !IsSlow; }
        }

        /// <inheritdoc/>
        public bool CanBeAccessPoint { get; set; }

        /// <inheritdoc/>
        public bool Start()
        {
            IsStarted = IsDeployed;
            return IsDeployed;
        }

        /// <inheritdoc/>
        public void Stop()
        {
            IsStarted = false;
        }

        /// <inheritdoc/>
        public bool Forget()
        {
            IsDeployed &= Refuses;
            return !Refuses;
        }
    }
}
