namespace NanoComm.WiSun
{
    /// <summary>Is told what matters to security. Called on the path's loop.</summary>
    public interface IWiSunObserver
    {
        /// <summary>Something happened.</summary>
        void On(WiSunEvent e);
    }
}
