#include "ui/window/about.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include <QCoreApplication>
#include <QDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace duet::ui {
namespace {

const char *const first_minute = R"(
<h2>The first minute</h2>
<p><b>1. Press Run</b> (Space). Every image goes into two lanes at once: a <b style="color:%1">spiking network</b> above, a
<b style="color:%2">quantum circuit</b> below. Each gives ten logits; the mixer adds them, and the ten bars are
<b style="color:%3">the answer</b>.</p>
<p><b>2. Move the crossfader</b> in the top bar. It is the share of the quantum branch in the answer and in the loss. With the
eye beside it pressed, or <b>Ctrl</b> held, it only looks through another ratio; training goes on as it was.</p>
<p><b>3. Change a neuron</b> on the left: raise the threshold and watch the cells go dark, the raster thin out and the curve of
<i>spiking branch</i> fall. Every change leaves a mark on the charts, and Ctrl+Z takes it back.</p>
<p><b>4. Change the circuit</b>: on the tab <i>Circuit</i> drag gates in, about and out. Another ansatz or more qubits waits for <b>Reset</b>, as the orange badge says. Undo of a Reset
brings the trained weights back.</p>
<p><b>5. Ask where it fails</b>: pick <i>wrong</i> or <i>branches disagree</i> above the test images, click one, and read who said
what. The tab <i>Fusion</i> shows the accuracy of the whole test set at every ratio, <i>Errors</i> what was taken for what.</p>
<p><b>6. Take the control.</b> The ansatz <i>tanh twin</i> puts plain numbers in the place of the circuit. A claim about
the circuit needs that comparison, and it is one Reset away.</p>
<h3>Keys</h3>
<table cellpadding="3">
<tr><td><b>Space</b></td><td>run or pause</td><td width="30"></td><td><b>Ctrl+Z, Ctrl+Y</b></td><td>undo, redo</td></tr>
<tr><td><b>.</b></td><td>one batch</td><td></td><td><b>Left, Right</b></td><td>move what has the focus</td></tr>
<tr><td><b>Shift+.</b> or <b>F5</b></td><td>to the end of the epoch</td><td></td><td><b>N, P</b></td><td>next, previous test image</td></tr>
<tr><td><b>Ctrl+R</b></td><td>Reset</td><td></td><td><b>Esc</b></td><td>clear the selection and the lens</td></tr>
<tr><td><b>Ctrl+Shift+R</b></td><td>another seed</td><td></td><td><b>Ctrl+T</b></td><td>light or dark</td></tr>
<tr><td><b>F6</b></td><td>slow motion</td><td></td><td><b>F9</b></td><td>only look through another ratio</td></tr>
<tr><td><b>F7, F8</b></td><td>lock the spiking, the quantum branch</td><td></td><td><b>Enter</b></td><td>press what has the focus</td></tr>
<tr><td><b>Ctrl++, Ctrl+-, Ctrl+0</b></td><td>larger, smaller, usual text</td><td></td><td><b>F2, F3, F4</b></td><td>show or hide settings, charts, inspector</td></tr>
</table>
<p>In the circuit's editor: <b>Left, Right, Up, Down</b> walk the gates, with <b>Shift</b> they are marked together, with
<b>Ctrl</b> they are moved; <b>Page Up, Page Down</b> move a gate's control, with Shift its target; <b>Delete</b>, <b>Ctrl+C, Ctrl+X,
Ctrl+V</b>; hold <b>X, Y, Z, H, S, T</b> or <b>R</b> and click to put that gate there.</p>
<p>In a field a number may be typed as 0.5, 0,5, 50 %, 2e-3 or 1 000. Pictures take the keys too: Tab goes to one, arrows
walk its parts, Enter does what a click does, and screen readers are told what it shows.</p>
<h3>What the numbers are</h3>
<p>Test accuracy is over the whole test set after each epoch; within an epoch a fixed share of it is tested. Training accuracy is
the running mean over the epoch's batches. The two are never mixed, and the test set never chooses anything.
<i>Spiking branch</i> and <i>quantum branch</i> are the two halves of this model, not networks trained alone.</p>
)";

const char *const about = R"(
<h2>Duet %1</h2>
<p>A spiking network and a quantum circuit, trained side by side.<br>
Copyright 2026 the Duet developers. Free software under the <b>GNU General Public License, version 3 or later</b>;
without any warranty.</p>
<p>The model is that of Xu et al., <i>Parallel Proportional Fusion of a Spiking Quantum Neural Network for Optimizing Image
Classification</i>, Applied Intelligence 2024 (<a href="https://arxiv.org/abs/2404.01359">arXiv 2404.01359</a>).</p>
<h3>Data</h3>
<p><b>MNIST</b>, of which the built-in images are a part: Yann LeCun and Corinna Cortes,
<a href="https://creativecommons.org/licenses/by-sa/3.0/">CC BY-SA 3.0</a>. <b>Fashion-MNIST</b>: Zalando SE, MIT.
<b>KMNIST</b>: CODH, adapted from the Kuzushiji dataset of NIJL and others, CC BY-SA 4.0.</p>
<h3>Made with</h3>
<p>Qt %2 and Qt Charts (here under the GPL-3), oneTBB (Apache-2.0), Eigen (MPL-2.0), nlohmann-json (MIT), CLI11 (BSD-3-Clause),
Random123 (BSD-3-Clause), libarchive (BSD-2-Clause), zlib, libcurl and OpenSSL (Apache-2.0). Type: Inter (OFL-1.1). The icons are Duet's own.</p>
)";

void show_page(QWidget *window, const QString &title, const QString &html, const char *name, QSize size,
               bool with_icon) {
  auto *dialog = new QDialog(window);
  dialog->setObjectName(QLatin1String(name));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(title);
  resize_in_units(dialog, size);
  auto *layout = new QVBoxLayout(dialog);
  layout->setContentsMargins(20, 18, 20, 16);
  if (with_icon) {
    auto *picture = new QLabel(dialog);
    picture->setPixmap(application_icon().pixmap(64, 64));
    layout->addWidget(picture);
  }
  auto *text = new QTextBrowser(dialog);
  text->setObjectName(QStringLiteral("helpText"));
  text->setAccessibleName(title);
  text->setOpenExternalLinks(true);
  text->setStyleSheet(QStringLiteral("background: transparent; border: 0;"));
  text->setHtml(html);
  layout->addWidget(text, 1);
  auto *close = new QPushButton(QObject::tr("Close"), dialog);
  close->setObjectName(QStringLiteral("helpClose"));
  close->setToolTip(QObject::tr("Closes this page (Esc)."));
  close->setDefault(true);
  layout->addWidget(close, 0, Qt::AlignRight);
  QObject::connect(close, &QPushButton::clicked, dialog, &QDialog::close);
  dialog->show();
}

} // namespace

void show_first_minute(QWidget *window) {
  const Palette &palette = theme().palette();
  show_page(window, QObject::tr("The first minute"),
            QString::fromUtf8(first_minute)
                .arg(palette.spiking_ink.name(), palette.quantum_ink.name(), palette.fused_ink.name()),
            "firstMinute", QSize(700, 700), false);
}

void show_about(QWidget *window) {
  show_page(
      window, QObject::tr("About Duet"),
      QString::fromUtf8(about).arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion())),
      "about", QSize(620, 560), true);
}

} // namespace duet::ui
