using NanoComm.Hal;

namespace NanoComm.WiSun
{
    /// <summary>Where the Wi-SUN path writes what happened: a line for people, and what matters to security.</summary>
    internal sealed class WiSunJournal
    {
        private const string LogName = "wi-sun";

        private readonly ILog _log;
        private readonly IWiSunObserver _observer;

        /// <summary>Makes it.</summary>
        /// <param name="log">Takes lines.</param>
        /// <param name="observer">Is told what matters to security, or null.</param>
        public WiSunJournal(ILog log, IWiSunObserver observer)
        {
            _log = log;
            _observer = observer;
        }

        /// <summary>Writes what is as it should be.</summary>
        public void Note(string text)
        {
            _log.Write(LogLevel.Info, LogName, text);
        }

        /// <summary>Writes what is not.</summary>
        public void Warn(string text)
        {
            _log.Write(LogLevel.Warning, LogName, text);
        }

        /// <summary>Tells what matters to security.</summary>
        public void Report(WiSunEvent e)
        {
            if (_observer != null)
            {
                _observer.On(e);
            }
        }
    }
}
