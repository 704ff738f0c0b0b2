using System.Device.Gpio;

namespace NanoComm.Hal.Esp32
{
    /// <summary>The output of a voltage detector on a pin: a low level means a low supply. The detector's own hysteresis
    /// is what it tells by.</summary>
    public sealed class Esp32SupplyMonitor : ISupplyMonitor
    {
        private readonly GpioPin _pin;
        private ISignal _changed;

        /// <summary>Takes the pin.</summary>
        /// <param name="gpio">The board's pins.</param>
        /// <param name="pin">GPIO number; one with an external pull-up.</param>
        public Esp32SupplyMonitor(GpioController gpio, int pin)
        {
            _pin = gpio.OpenPin(pin, PinMode.Input);
        }

        /// <inheritdoc/>
        public bool IsLow
        {
            get { return _pin.Read() == PinValue.Low; }
        }

        /// <inheritdoc/>
        public void Notify(ISignal changed)
        {
            _changed = changed;
            _pin.ValueChanged += Tell;
        }

        private void Tell(object sender, PinValueChangedEventArgs change)
        {
            _changed.Set();
        }
    }
}
